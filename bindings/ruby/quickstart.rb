# SPDX-License-Identifier: MIT
require "winback"
now, schema = Time.utc(2026, 3, 3, 16), Winback::Schema.new
facts = Winback::Facts.new(schema, as_of: now)
facts.add("patients", [{ patient: "1", status: "active", first_name: "Ana" }])
facts.add("procedures", [{ patient: "1", code: "D1110", status: "completed", date: Date.new(2025, 4, 22) }])
moment = Winback::Moment.new(now, Winback::Zone.new("America/New_York"))
due = Winback::Rule.new(schema, "recare.overdue_months >= 1")
text = Winback::Template.new(schema, "Hi {{ patient.first_name }}, you're due for your cleaning. Reply STOP to opt out.")
rows = due.match(facts, moment).rows
puts rows.map { |row| text.render(facts, row, moment) }
