# SPDX-License-Identifier: MIT
"""Rows as the two structs of the Arrow C Data Interface, with ctypes alone."""
import ctypes as c
import itertools
import struct

SCHEMA, ARRAY = "3P2q2PPP", "5q3PPP"  # the last but one member of both is `release`
kept = []  # what others hold addresses of
released = []  # addresses of the structs that were given back


def memory(data):
    """The address of bytes, followed by a zero, that stay where they are."""
    kept.append(c.create_string_buffer(data))
    return c.addressof(kept[-1])


def callback(function, *types):
    """The address of a C function that stays as long as the program."""
    kept.append(c.CFUNCTYPE(*types)(function))
    return c.cast(kept[-1], c.c_void_p).value


def releaser(layout):
    """A struct is released when its `release` is NULL."""
    at = struct.calcsize(layout) - 2 * struct.calcsize("P")
    def release(address):
        c.c_void_p.from_address(address + at).value = None
        released.append(address)
    return callback(release, None, c.c_void_p)


FREE_SCHEMA, FREE_ARRAY = releaser(SCHEMA), releaser(ARRAY)


def array(kind, name, rows, buffers, children=()):
    """Both structs of one array: their addresses."""
    lists = [memory(struct.pack(f"{len(side)}P", *side)) for side in zip(*children)] or [0, 0]
    held = memory(struct.pack(f"{len(buffers)}P", *buffers))
    count = len(children)
    return (memory(struct.pack(SCHEMA, memory(kind), memory(name), 0, 0, count, lists[0], 0,
                               FREE_SCHEMA, 0)),
            memory(struct.pack(ARRAY, rows, 0, 0, len(buffers), count, held, lists[1], 0,
                               FREE_ARRAY, 0)))


def column(name, values):
    """A column of texts, or of days since 1970-01-01."""
    if isinstance(values[0], int):
        days = struct.pack(f"{len(values)}i", *values)
        return array(b"tdD", name.encode(), len(values), [0, memory(days)])
    texts = [value.encode() for value in values]
    ends = struct.pack(f"{len(texts) + 1}i", 0, *itertools.accumulate(map(len, texts)))
    return array(b"u", name.encode(), len(texts), [0, memory(ends), memory(b"".join(texts))])


def table(**columns):
    """A table by its columns."""
    children = [column(name, values) for name, values in columns.items()]
    return array(b"+s", b"", len(next(iter(columns.values()))), [0], children)
