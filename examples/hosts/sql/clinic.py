# SPDX-License-Identifier: MIT
"""What a worker asks of its practices' records. These are made up; yours are queries on your own tables."""
import datetime
import functools
import hashlib
import hmac

import winback as wb

FIRST = ("Ana", "Ben", "Cleo", "Dan", "Eva", "Finn", "Gail", "Hugo", "Ines", "Jon")
DUE = datetime.date(2025, 4, 22)  # of everybody's last cleaning
FRESH = datetime.timedelta(minutes=5)


class Clinic:
    """Many practices, with so many patients each; every second one is reached by e-mail."""

    def __init__(self, key, practices=1, patients=10, front="https://book.example.com"):
        self._key, self._patients, self._front = key, patients, front
        self.schema, self.law = wb.Schema(), wb.Law()  # read once, for all practices
        self.practices = [f"practice-{number:02}" for number in range(1, practices + 1)]
        self._read = {}

    def derive(self, purpose):
        """A secret of its own for each purpose and practice, from one key that is not in the database."""
        return hmac.new(self._key, purpose.encode(), hashlib.sha256).digest()

    @functools.lru_cache(maxsize=None)
    def secret(self, practice):
        """The practice's secret: the same for as long as its journal lives."""
        return self.derive(f"practice {practice}")[:16]

    def patients(self):
        """Keys of a practice's patients."""
        return {f"p{at}" for at in range(self._patients)}

    def password(self):
        """Of the desk; yours has accounts of people."""
        return self.derive("desk").hex()[:20]

    def link(self, page, handle):
        """Where a page of the front is: it says nothing of who reads it."""
        return f"{self._front}/{page}/{handle}"

    def options(self, practice):
        """How the practice is run."""
        return wb.PracticeOptions(secret=self.secret(practice), key=practice, admissions=self._patients)

    @functools.lru_cache(maxsize=None)
    def campaign(self, name):
        """A campaign by its name; whoever launches it names it."""
        return self.definition(wb.playbooks()[name])

    @functools.lru_cache(maxsize=None)
    def definition(self, json):
        """A campaign as it is written."""
        return wb.Campaign(self.schema, json)

    def facts(self, practice, now):
        """The records of a practice, read a few minutes ago at most."""
        facts = self._read.get(practice)
        if facts is None or not facts[0] <= now < facts[0] + FRESH:
            facts = self._read[practice] = now, self._facts(practice, now)
        return facts[1]

    def _facts(self, practice, now):
        facts = wb.Facts(self.schema, now)
        for name, rows in self.tables(practice).items():
            facts.add(name, rows)
        return facts

    def tables(self, practice):
        """The tables of a practice: rows, or columns."""
        number = self.practices.index(practice)
        return {
            "locations": [{
                "location": "1", "name": "Example Dental Care", "short_name": "Example Dental", "zone": "America/New_York",
                "region": "US-NY", "phone": "+12125550100", "address": "1 Example Street, New York, NY 10001",
                "link_url": self.link("b", "")}],
            "patients": [self._patient(number, at) for at in range(self._patients)],
            "procedures": [{"patient": f"p{at}", "code": "D1110", "status": "completed", "date": DUE}
                           for at in range(self._patients)],
            "appointments": {"patient": [], "status": [], "start": []},
        }

    def _patient(self, practice, at):
        """Numbers of the range for fiction: two practices share them, as families do who go to both."""
        texts = at % 2 == 0
        number = f"+1{212 + practice // 2 % 5}55501{at // 2 % 100:02}" if texts else None
        return {"patient": f"p{at}", "status": "active", "first_name": FIRST[at % len(FIRST)], "location": "1",
                "birth_date": datetime.date(1980, 1, 1) + datetime.timedelta(days=at), "language": "en",
                "mobile": number, "text_permission": "yes" if texts else "no",
                "email": None if texts else f"p{at}.{practice}@example.com", "email_permission": "yes"}
