# SPDX-License-Identifier: MIT
"""The whole integration from Python, with ctypes alone: python3 poll.py libwinback.so.0"""
import ctypes as c, struct, sys
from rows import callback, memory, released, table
wb, NOW = c.CDLL(sys.argv[1]), c.c_int64(1772553600)  # 2026-03-03 11:00 in New York
ACTION, SENT, LAUNCH = "2I2q15P16s", 1, 8  # of an action: up to its id

def call(name, *values):
    error = memory(bytes(256))  # it comes last
    values = [c.c_void_p(value) if isinstance(value, int) else value for value in values]
    status = getattr(wb, name)(*values, c.c_void_p(error))
    assert status == 0, f"{name}: {status} {c.string_at(error + 96).decode()}"

def new(name, *values):
    handle = c.c_void_p()
    call(name, *values, c.byref(handle))
    return handle

def sized(name, layout, *values):  # a struct of the library: its size first, then zeroes
    size = wb.wb_struct_size(name)
    return memory(struct.pack(layout, size, *values).ljust(size, b"\0"))
journal, sent, count = [], [], c.c_uint32(1)
def append(user, first, data, length, records):  # a host writes them, or says conflict
    journal.append(c.string_at(data, length))
    return print(f"journal: {length} bytes more") or 0
append = callback(append, c.c_int32, c.c_void_p, c.c_uint64, c.c_void_p, c.c_uint64, c.c_uint32)
schema = new("wb_schema_new", None, None, 0)
facts = new("wb_facts_new", None, schema, sized(b"wb_facts_options", "2Iq", 0, NOW.value))
for name, rows in {  # Ana is due; Ben has a visit booked; Cleo does not want texts
        b"locations": table(location=["1"], short_name=["Example Dental"],
                            zone=["America/New_York"], booking_url=["https://book.example.com"]),
        b"patients": table(patient=["1", "2", "3"], status=["active"] * 3, birth_date=[4000] * 3,
                           first_name=["Ana", "Ben", "Cleo"], text_permission=["yes", "yes", "no"],
                           mobile=["+12125550101", "+12125550102", "+12125550103"]),
        b"procedures": table(patient=["1", "2", "3"], code=["D1110"] * 3,
                             status=["completed"] * 3, date=[20200] * 3),
        b"appointments": table(patient=["2"], status=["scheduled"], start=[20530])}.items():
    call("wb_facts_add", facts, name, *rows)
practice = new("wb_practice_new", None, schema, None, sized(
    b"wb_practice_options", "2I7PI", 0, memory(bytes(range(16))), memory(b"demo"), append, *[0] * 4, 4))
index, name, text, length = -1, c.c_char_p(), c.c_char_p(), c.c_size_t()
while name.value != b"hygiene-recare":
    wb.wb_playbook_get(index := index + 1, *map(c.byref, (name, text, length)))
campaign = new("wb_campaign_new", None, schema, None, text, length)
call("wb_practice_add", practice, campaign, NOW)
call("wb_practice_receive", practice, sized(
    b"wb_input", "2I16xP8xP96xi28xI4xI", 0, memory(name.value), memory(b"dr"), LAUNCH, len(name.value), 2), NOW)
call("wb_practice_enroll", practice, None, c.c_size_t(0), facts, NOW, sized(b"wb_counts", "I"))
while count.value:  # the last poll hands out nothing
    before, batch = len(journal), sized(b"wb_action", "I")
    call("wb_practice_poll", practice, facts, NOW, batch, 1, c.byref(count))
    if count.value:
        action = struct.unpack_from(ACTION, c.string_at(batch, 160))
        sent.append(c.string_at(action[8]))
        print(f"to {c.string_at(action[11]).decode()}: {c.string_at(action[14]).decode()}")
        call("wb_practice_ack", practice, action[19], sized(b"wb_outcome", "2I2i", 0, SENT, 0), NOW)
for free, handle in [("campaign_unref", campaign), ("practice_free", practice),
                     ("facts_free", facts), ("schema_unref", schema)]:
    getattr(wb, f"wb_{free}")(handle)
assert sent == [b"1"] and len(journal) == before > 0 and len(released) == 8, (sent, released)
