# SPDX-License-Identifier: MIT
"""Two arms compared, against exact decimals and published tables: statistics.py LIBRARY [SEED]."""

import ctypes
import decimal
import os
import random
import sys

from decimal import Decimal as D

LIBRARY = ctypes.CDLL(sys.argv[1])
SEED = int(sys.argv[2]) if len(sys.argv) > 2 else 20261129
ROUNDS = 1500 * int(os.environ.get("WB_LONG", "1"))
NONE = -(1 << 63)
OPEN, UNEVEN, SMALL = 1, 2, 4
Z, POWER = D("1.959963984540054"), D("0.841621233572914")

decimal.getcontext().prec = 40


class Arms(ctypes.Structure):
    """As wb_arms."""
    _fields_ = [("size", ctypes.c_uint32), ("flags", ctypes.c_uint32),
                *((name, ctypes.c_uint64) for name in
                  ("contacted", "kept", "held_out", "held_out_kept")),
                ("last_entered", ctypes.c_int64), ("now", ctypes.c_int64),
                *((name, ctypes.c_uint32) for name in ("window", "share", "baseline", "reserved"))]


class Effect(ctypes.Structure):
    """As wb_effect."""
    _fields_ = [("size", ctypes.c_uint32), ("flags", ctypes.c_uint32),
                *((name, ctypes.c_int64) for name in ("extra", "extra_low", "extra_high")),
                *((name, ctypes.c_int32) for name in (
                    "contacted_rate", "contacted_low", "contacted_high", "held_out_rate",
                    "held_out_low", "held_out_high", "difference", "difference_low",
                    "difference_high", "detectable", "shows")),
                ("ratio", ctypes.c_uint32)]


def find(kept, contacted, held_out_kept, held_out, **more):
    """What the library says."""
    arms = Arms(ctypes.sizeof(Arms), 0, contacted, kept, held_out, held_out_kept,
                more.pop("last_entered", NONE), more.pop("now", 0), **more)
    effect = Effect(ctypes.sizeof(Effect))
    status = LIBRARY.wb_effect_find(ctypes.byref(arms), ctypes.byref(effect))
    assert status == 0, (kept, contacted, held_out_kept, held_out, status)
    return effect


def wilson(k, n):
    """Share and its interval."""
    if n == 0:
        return D(0), D(0), D(1)
    k, n, z2 = D(k), D(n), Z * Z
    half = Z * (k * (n - k) / n + z2 / 4).sqrt()
    return k / n, (k + z2 / 2 - half) / (n + z2), (k + z2 / 2 + half) / (n + z2)


def newcombe(kept, contacted, held_out_kept, held_out):
    """Difference and its interval, method 10."""
    p, l, u = wilson(kept, contacted)
    q, m, v = wilson(held_out_kept, held_out)
    d = p - q
    return d, d - ((p - l) ** 2 + (v - q) ** 2).sqrt(), d + ((u - p) ** 2 + (q - m) ** 2).sqrt()


def shows(n, m, baseline, difference):
    """By how much a difference is above what samples of these sizes show."""
    n, m, q, d = D(n), D(m), D(baseline) / 10000, D(difference) / 10000
    p = q + d
    both = (n * p + m * q) / (n + m)
    return d - (Z * (both * (1 - both) * (1 / n + 1 / m)).sqrt()
                + POWER * (p * (1 - p) / n + q * (1 - q) / m).sqrt())


def near(points, exact, what, scale=10000, slack="0.51"):
    """Whether basis points are the nearest to an exact share."""
    assert abs(D(points) - exact * scale) <= D(slack), (what, points, exact)


def compare(kept, contacted, held_out_kept, held_out, share, baseline):
    """One question against the oracle."""
    what = (kept, contacted, held_out_kept, held_out, share, baseline)
    effect = find(kept, contacted, held_out_kept, held_out, share=share, baseline=baseline)
    for name, exact in zip(("rate", "low", "high"), wilson(kept, contacted)):
        near(getattr(effect, f"contacted_{name}"), exact, what)
    for name, exact in zip(("rate", "low", "high"), wilson(held_out_kept, held_out)):
        near(getattr(effect, f"held_out_{name}"), exact, what)
    difference = newcombe(kept, contacted, held_out_kept, held_out)
    for name, exact in zip(("", "_low", "_high"), difference):
        near(getattr(effect, f"difference{name}"), exact, what)
        slack = D("0.51") + contacted / D(10 ** 8)
        near(getattr(effect, f"extra{name}"), exact, what, contacted, slack)
    ratio = D(0)
    if share and contacted + held_out:
        meant = D(contacted + held_out) * share / 10000
        ratio = (held_out - meant) ** 2 / (meant * (10000 - share) / 10000)
        assert abs(D(effect.ratio) - min(ratio * 1000, D(2 ** 32 - 1))) <= 1, what
    everyone, came = contacted + held_out, kept + held_out_kept
    small = everyone == 0 or min(contacted, held_out) * min(came, everyone - came) < 5 * everyone
    assert bool(effect.flags & SMALL) == small, what
    assert bool(effect.flags & UNEVEN) == (effect.ratio > 10828), what
    assert effect.shows == (0 if effect.flags else 2 if difference[1] > 0
                            else 3 if difference[2] < 0 else 1), what
    detectable(effect, contacted, held_out, baseline or effect.held_out_rate or 300, what)


def detectable(effect, n, m, baseline, what):
    """The smallest difference that shows does, and one basis point less does not."""
    slack = D("0.000001")
    if effect.detectable:
        assert shows(n, m, baseline, effect.detectable) > -slack, what
        assert effect.detectable == 1 or shows(n, m, baseline, effect.detectable - 1) < slack, what
    elif n and m:
        assert shows(n, m, baseline, 10000 - baseline) < slack, what


def published():
    """Newcombe's table II (methods 10), his Wilson intervals, and our own table of power."""
    table = [(56, 70, 48, 80, "0.0524", "0.3339"), (9, 10, 3, 10, "0.1705", "0.8090"),
             (6, 7, 2, 7, "0.0582", "0.8062"), (5, 56, 0, 29, "-0.0381", "0.1926"),
             (0, 10, 0, 20, "-0.1611", "0.2775"), (0, 10, 0, 10, "-0.2775", "0.2775"),
             (10, 10, 0, 20, "0.6791", "1.0000"), (10, 10, 0, 10, "0.6075", "1.0000")]
    for *counts, low, high in table:
        effect = find(*counts)
        assert (effect.difference_low, effect.difference_high) == (
            int(D(low) * 10000), int(D(high) * 10000)), (counts, effect.difference_low)
    for k, n, low, high in [(81, 263, 2553, 3662), (15, 148, 624, 1605), (0, 20, 0, 1611),
                            (1, 29, 61, 1718)]:
        effect = find(k, n, 0, 0)
        assert (effect.contacted_low, effect.contacted_high) == (low, high), (k, n)
    effect = find(72, 900, 3, 100)
    assert (effect.difference_low, effect.difference_high) == (-68, 778), effect.difference_high
    assert (effect.flags, effect.shows, effect.extra) == (0, 1, 45)
    power = {300: (28, 18, 12, 8.3), 600: (18, 11, 7.5, 5.3), 1000: (12, 7.9, 5.3, 3.8),
             2000: (7.7, 5.0, 3.4, 2.5), 5000: (4.2, 2.8, 2.0, 1.5), 20000: (1.8, 1.3, 0.9, 0.7)}
    for count, row in power.items():
        for share, percent in zip((5, 10, 20, 50), row):
            held = count * share // 100
            found = find(0, count - held, 0, held, baseline=300).detectable / 100
            places = 0 if percent >= 10 else 1
            assert abs(found - percent) <= (0.51 if places == 0 else 0.06), (count, share, found)


def refusals():
    """Windows that are open and splits that are uneven, to the boundary."""
    day = 86400
    many = (400, 9000, 20, 1000)
    assert find(*many, last_entered=1000, now=1000 + 120 * day - 1).flags == OPEN
    assert find(*many, last_entered=1000, now=1000 + 120 * day).flags == 0
    assert find(*many, last_entered=1000, now=1000 + 30 * day - 1, window=30).flags == OPEN
    assert find(*many, last_entered=1000, now=1000 + 30 * day, window=30).flags == 0
    assert find(*many, last_entered=1000, now=1000).shows == 0
    assert find(*many).shows == 2
    # 10 % of 10,000 is 1,000 ± 30: 3.29 standard deviations are 98.7.
    assert find(400, 9098, 20, 902, share=1000).flags == 0
    assert find(400, 9099, 20, 901, share=1000).flags == UNEVEN
    assert find(400, 8902, 20, 1098, share=1000).flags == 0
    assert find(400, 8901, 20, 1099, share=1000).flags == UNEVEN
    # Half of 10 kept among 100 is 5 expected in either arm; 9 are too few.
    assert find(8, 50, 2, 50).flags == 0
    assert find(8, 50, 1, 50).flags == SMALL
    assert find(48, 50, 42, 50).flags == 0
    assert find(48, 50, 43, 50).flags == SMALL
    assert find(0, 0, 0, 0).flags == SMALL


def refused():
    """Questions that are none."""
    def status(**members):
        arms = Arms(ctypes.sizeof(Arms), last_entered=NONE, contacted=100, held_out=100)
        for name, value in members.items():
            setattr(arms, name, value)
        effect = Effect(ctypes.sizeof(Effect), detectable=77)
        found = LIBRARY.wb_effect_find(ctypes.byref(arms), ctypes.byref(effect))
        assert found == 0 or effect.detectable == 77, members
        return found
    invalid, outside, version = -2, -3, -13
    assert status() == 0
    assert status(kept=100) == 0 and status(kept=101) == invalid
    assert status(held_out_kept=100) == 0 and status(held_out_kept=101) == invalid
    assert status(share=9999) == 0 and status(share=10000) == invalid
    assert status(baseline=9999) == 0 and status(baseline=10000) == invalid
    assert status(contacted=10 ** 9) == 0 and status(contacted=10 ** 9 + 1) == outside
    assert status(held_out=10 ** 9) == 0 and status(held_out=10 ** 9 + 1) == outside
    assert status(window=3660) == 0 and status(window=3661) == outside
    assert status(last_entered=0, now=NONE) == invalid
    assert status(flags=1) == version and status(size=8) == invalid
    effect = Effect(ctypes.sizeof(Effect))
    assert LIBRARY.wb_effect_find(None, ctypes.byref(effect)) == invalid
    assert LIBRARY.wb_effect_find(ctypes.byref(Arms(ctypes.sizeof(Arms))), None) == invalid
    effect.size = 8
    assert LIBRARY.wb_effect_find(ctypes.byref(Arms(ctypes.sizeof(Arms))),
                                  ctypes.byref(effect)) == invalid


def some(draw):
    """A random question, small ones as often as large ones."""
    def arm():
        count = draw.randrange(draw.choice([2, 40, 1000, 100000, 10 ** 9]))
        most = draw.choice([count, count // 10, min(count, 3)])
        return draw.randint(0, most), count
    return (*arm(), *arm(), draw.choice([0, 500, 1000, 5000, draw.randrange(1, 10000)]),
            draw.choice([0, 300, draw.randrange(1, 10000)]))


def main():
    """Tables first, then random questions and the ends of the range."""
    published()
    refusals()
    refused()
    draw = random.Random(SEED)
    most = 10 ** 9
    for arms in [(72, 900, 3, 100), (most, most, 0, most), (0, most, most, most), (0, 1, 1, 1),
                 (1, most, most - 1, most), (1, 1, 0, most), (most // 2, most, 1, 2)]:
        compare(*arms, 1000, 300)
    for _ in range(ROUNDS):
        compare(*some(draw))


main()
