# SPDX-License-Identifier: MIT
import datetime, winback as wb
now = datetime.datetime(2026, 3, 3, 16, tzinfo=datetime.timezone.utc)
schema = wb.Schema()
facts = wb.Facts(schema, as_of=now)
facts.add("patients", [{"patient": "1", "status": "active", "first_name": "Ana"}])
facts.add("procedures", [{"patient": "1", "code": "D1110", "status": "completed", "date": datetime.date(2025, 4, 22)}])
when = wb.Moment(now, wb.Zone("America/New_York"))
due = wb.Rule(schema, "recare.overdue_months >= 1")
text = wb.Template(schema, "Hi {{ patient.first_name }}, you're due for your cleaning. Reply STOP to opt out.")
print([text.render(facts, row, when) for row in due.match(facts, when).rows()])
