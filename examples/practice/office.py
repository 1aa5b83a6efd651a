# SPDX-License-Identifier: MIT
"""The tables of a made-up practice in Open Dental's layout, and the words that fill them."""

from calendar import monthrange
from datetime import date, timedelta

AS_OF = date(2026, 3, 3)  # a Tuesday; everything is dated relative to it
RIVERSIDE, LAKESIDE = 1, 2

PRACTICE = {
    "practice": {"name": "Example Dental", "key": "example-dental"},
    "desk": {"calls_per_day": 10},
    # playbooks.return-offer.offer names the one that patients are told of.
    "offers": {
        "welcome-back": {
            "what": "Exam, X-rays as needed and cleaning for returning patients",
            "price_cents": 9900, "regular_cents": 18900, "value_cents": 9000, "cash_like": False,
            "first": "2026-03-02", "last": "2026-05-29",
            "qualifies": "recare.overdue_months >= 6",
            "includes": ["one visit"], "excludes": ["government plans", "fillings"],
            "disclosures": {"US-NY": [], "US-IL": []},
            "reviewer": "manager-1", "reviewed": "2026-02-27",
        },
    },
    "playbooks": {
        "unscheduled-treatment": {"third_after": 14},
        "return-offer": {"offer": "welcome-back"},
        "household-seasons": {
            "spring_break": [{"name": "Spring break", "from": "2026-03-01", "to": "2026-04-30"}],
        },
    },
    "wording": {
        "unscheduled-treatment": {
            "call-neutral": {
                "en": "This patient took up our message and has no visit yet. Read what came in, then "
                      "call, and mention that evenings are open on Wednesdays.",
            },
        },
    },
    "locations": [
        {
            "key": "1", "name": "Example Dental Riverside", "short_name": "Example Dental",
            "zone": "America/New_York", "region": "US-NY",
            "phone": "+12125550100", "email": "riverside@example.com",
            "address": "12 Example Street, Albany, NY 12201",
            "booking_url": "https://book.example.com/riverside", "link_url": "https://go.example.com/",
            "hours": {day: ["08:00", "17:00"] for day in ("mon", "tue", "wed", "thu", "fri")},
        },
        {
            "key": "2", "name": "Example Dental Lakeside", "short_name": "Example Dental",
            "zone": "America/Chicago", "region": "US-IL",
            "phone": "+13125550100", "email": "lakeside@example.com",
            "address": "34 Sample Avenue, Springfield, IL 62701",
            "booking_url": "https://book.example.com/lakeside", "link_url": "https://go.example.com/",
            "hours": {
                "mon": ["08:00", "17:00"], "tue": ["08:00", "17:00"], "wed": ["10:00", "19:00"],
                "thu": ["08:00", "17:00"], "fri": ["08:00", "15:00"], "sat": ["09:00", "13:00"],
            },
        },
    ],
}

COLUMNS = {
    "patient":
        "PatNum LName FName MiddleI Preferred PatStatus Gender Position Birthdate SSN Address"
        " Address2 City State Zip HmPhone WkPhone WirelessPhone Email Guarantor PriProv"
        " SecProv FeeSched BillingType EstBalance BalTotal InsEst DateFirstVisit ClinicNum"
        " TxtMsgOk Language PreferContactMethod PreferConfirmMethod PreferRecallMethod"
        " PreferContactConfidential MedUrgNote AddrNote",
    "guardian": "GuardianNum PatNumChild PatNumGuardian Relationship IsGuardian",
    "recall":
        "RecallNum PatNum DateDueCalc DateDue DatePrevious RecallInterval RecallStatus Note"
        " IsDisabled RecallTypeNum DisableUntilBalance DisableUntilDate DateScheduled Priority",
    "recalltype":
        "RecallTypeNum Description DefaultInterval TimePattern Procedures AppendToSpecial",
    "procedurelog":
        "ProcNum PatNum AptNum CodeNum ProcDate ProcFee Surf ToothNum ToothRange ProcStatus"
        " ProvNum PlannedAptNum ClinicNum DateTP",
    "procedurecode":
        "CodeNum ProcCode Descript AbbrDesc ProcTime ProcCat TreatArea NoBillIns IsProsth"
        " IsHygiene IsMultiVisit",
    "appointment":
        "AptNum PatNum AptStatus Pattern Confirmed Op Note ProvNum ProvHyg AptDateTime"
        " NextAptNum IsNewPatient ProcDescript ClinicNum IsHygiene Priority InsPlan1 InsPlan2",
    "definition": "DefNum Category ItemOrder ItemName ItemValue IsHidden",
    "provider": "ProvNum Abbr LName FName MI Suffix IsSecondary IsHidden ProvStatus",
    "operatory":
        "OperatoryNum OpName Abbrev ItemOrder IsHidden ProvDentist ProvHygienist IsHygiene"
        " ClinicNum",
    "clinic": "ClinicNum Description Abbr Address Address2 City State Zip Phone IsHidden",
    "carrier": "CarrierNum CarrierName Address Address2 City State Zip Phone NoSendElect",
    "insfilingcode": "InsFilingCodeNum Descrip EclaimCode ItemOrder",
    "insplan":
        "PlanNum GroupName GroupNum PlanType CarrierNum EmployerNum MonthRenew FilingCode",
    "inssub": "InsSubNum PlanNum Subscriber SubscriberID DateEffective DateTerm",
    "patplan": "PatPlanNum PatNum InsSubNum Ordinal Relationship",
    "insverify": "InsVerifyNum DateLastVerified UserNum VerifyType FKey",
    "benefit":
        "BenefitNum PlanNum PatPlanNum CovCatNum BenefitType Percent MonetaryAmt TimePeriod"
        " QuantityQualifier Quantity CodeNum CoverageLevel",
    "claimproc":
        "ClaimProcNum ProcNum ClaimNum PatNum ProvNum FeeBilled InsPayEst InsPayAmt Status"
        " PlanNum WriteOff InsSubNum ProcDate",
    "commlog": "CommlogNum PatNum CommDateTime CommType Note Mode_ SentOrReceived UserNum",
    "openings": "opening location provider operatory start minutes hygiene",
    "cases": "patient use_case expected note",
}
COLUMNS = {table: columns.split() for table, columns in COLUMNS.items()}

# Open Dental's numbers, by the name it gives them.
PATIENT, NONPATIENT, INACTIVE, ARCHIVED, REMOVED, DECEASED, PROSPECTIVE = range(7)
TEXT_UNKNOWN, TEXT_YES, TEXT_NO = range(3)
SCHEDULED, COMPLETE, UNSCHEDULED, BROKEN, PLANNED = 1, 2, 3, 5, 6
TP, C, EC, EO, REFERRED, DELETED, CONDITION, TPI = range(1, 9)
NOT_RECEIVED, RECEIVED, ESTIMATE = 0, 1, 6
PROPHY, CHILD, PERIO, BITEWINGS, PANO, FULL_SET, EXAM = range(1, 8)
DO_NOT_CALL, HOME_PHONE = 1, 2
UNCONFIRMED, CONFIRMED = 19, 21

# Code, fee, area treated (2 tooth, 3 mouth, 4 quadrant, 6 arch), by number alone.
CODES = [
    ("D0120", 58, 3), ("D0140", 82, 3), ("D0150", 98, 3), ("D0180", 104, 3), ("D0210", 148, 3),
    ("D0220", 34, 2), ("D0274", 76, 3), ("D0330", 126, 3), ("D1110", 108, 3), ("D1120", 78, 3),
    ("D1206", 42, 3), ("D2391", 190, 2), ("D2392", 245, 2), ("D2740", 1380, 2), ("D2799", 410, 2),
    ("D2940", 130, 2), ("D2950", 310, 2), ("D3221", 220, 2), ("D3330", 1240, 2), ("D4341", 285, 4),
    ("D4355", 190, 3), ("D4910", 156, 3), ("D5110", 1820, 6), ("D5130", 1990, 6), ("D5730", 390, 6),
    ("D6010", 2150, 2), ("D6058", 1690, 2), ("D7140", 210, 2), ("D8090", 5200, 3),
    ("D8660", 150, 3),
    ("D9986", 0, 3), ("D9987", 0, 3),
]
CODE_NUM = {code: 70 + i for i, (code, _, _) in enumerate(CODES)}
FEE = {code: fee for code, fee, _ in CODES}
CLEANING = {"D1110", "D1120", "D4341", "D4910"}

FIRST = (
    "Ada Alma Amos Anya Arlo Aria Ben Bram Cara Celia Cleo Cyrus Dana Dario Della Dov Edda"
    " Elio Emil Enid Esme Ezra Fay Felix Fern Finn Gala Gil Greta Hana Hugo Ida Ike Ilse Inez"
    " Ivo Jael Jonah José Juno Kai Kira Lars Leda Lev Lina Mack Maeve Milo Mina Nell Nico Noor"
    " Odin Olga Opal Otto Pia Quin Rafe Renée Rhea Rosa Saul Sela Sten Tess Theo Una Vera Wade"
    " Wren Xena Yael Yuri Zara Zeno"
).split()
LAST = (
    "Abbotson Appleyard Ashgrove Barleycorn Birchall Blackmere Bramwell Brightwater Calloway"
    " Cobblestone Copperfield Crosswind Dalebrook Dewhurst Eastmoor Elmsworth Fairbanks"
    " Fernsby Foxglove Galloway Goldfinch Greenacre Hartwell Hazelton Hollybush Ironwood"
    " Juniper Kestrel Lambourne Larkspur Limewood Mapleton Marchbanks Merriweather Moonstone"
    " Muñoz-Vale Nightingale O'Farrow Oakhurst Palmetto Pennywhistle Pinecrest Quillfeather"
    " Ravenscar Redfern Ridgeway Rosewater Sandpiper Silverton Starling Stonebridge"
    " Summerfield Thistlewood Underhill Vandermeadow Wagtail Whitlock Winterbourne Woodruff"
    " Yarrowby"
).split()
STREETS = ("Example Street", "Sample Avenue", "Specimen Road", "Made-Up Lane", "Nowhere Court")
TOWNS = {
    RIVERSIDE: (("Albany", "NY", "12201"), ("Troy", "NY", "12180"), ("Schenectady", "NY", "12301")),
    LAKESIDE: (("Springfield", "IL", "62701"), ("Peoria", "IL", "61601"),
               ("Decatur", "IL", "62521")),
}
AREA_CODES = {
    RIVERSIDE: ("212", "315", "347", "516", "518", "585", "607", "631", "646", "716", "718", "845",
                "914"),
    LAKESIDE: ("217", "224", "309", "312", "331", "618", "630", "708", "773", "815", "847", "872"),
}


def moved(day, months=0, days=0):
    """The date some months (end of month clamps) and then some days away."""
    ordinal = day.year * 12 + day.month - 1 + months
    year, month = ordinal // 12, ordinal % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1])) + timedelta(days=days)


def ago(months=0, days=0):
    return moved(AS_OF, -months, -days)


def months_since(day):
    n = 0
    while moved(day, n + 1) <= AS_OF:
        n += 1
    return n


def band(due):
    if due > AS_OF:
        return "not_due"
    n = months_since(due)
    return "0-6" if n < 6 else "6-9" if n < 9 else "9-12" if n < 12 else "12+"


def workday(day):
    return day - timedelta(days=max(0, day.weekday() - 4))


class Chance:
    """A 64-bit xorshift: the same numbers everywhere."""

    def __init__(self, seed):
        self.state = seed

    def below(self, n):
        for shift in (13, -7, 17):
            other = self.state << shift if shift > 0 else self.state >> -shift
            self.state = (self.state ^ other) & 0xFFFFFFFFFFFFFFFF
        return (self.state >> 11) % n

    def pick(self, options):
        return options[self.below(len(options))]


class Office:
    """The practice's tables, filled row by row through the words a front desk would use."""

    def __init__(self):
        self.tables = {table: [] for table in COLUMNS}
        self.chance = Chance(20260303)
        self.patients = {}
        self.phones = {RIVERSIDE: 1, LAKESIDE: 1}
        self.slots = {}
        self.names = set()

    def add(self, table, first_key=None, **values):
        """Adds a row and gives back its first column, which counts up from first_key if given."""
        columns = COLUMNS[table]
        unknown = set(values) - set(columns)
        assert not unknown, (table, unknown)
        if first_key is not None:
            values[columns[0]] = first_key + len(self.tables[table])
        row = {column: values.get(column, "") for column in columns}
        self.tables[table].append(row)
        return row[columns[0]]

    def no_date(self, key):
        """An empty date, in the two styles exports have."""
        return "" if key % 3 == 0 else "0001-01-01"

    def case(self, patient, use_case, expected, note):
        self.add("cases", patient=patient, use_case=use_case, expected=expected, note=note)

    # People

    def phone(self, clinic):
        """The next unused number of the location's state, as desks happen to type it."""
        n = self.phones[clinic]
        self.phones[clinic] += 1
        codes = AREA_CODES[clinic]
        area, line = codes[n % len(codes)], "01%02d" % (n // len(codes))
        assert n // len(codes) < 100
        if line == "0100":
            return self.phone(clinic)  # the practice's own line
        return (f"({area})555-{line}", f"{area}-555-{line}", f"{area}555{line}")[n % 3]

    def name(self):
        while True:
            name = self.chance.pick(FIRST), self.chance.pick(LAST)
            if name not in self.names:
                self.names.add(name)
                return name

    def person(self, clinic=RIVERSIDE, age=None, **fields):
        """A patient who may be texted and e-mailed unless the fields say otherwise."""
        key = 1001 + len(self.patients)
        first, last = self.name()
        age = 20 + self.chance.below(60) if age is None else age
        born = AS_OF - timedelta(days=round(age * 365.2425) + 20 + self.chance.below(300))
        city, state, postcode = self.chance.pick(TOWNS[clinic])
        plain = (first + "." + last).lower().replace("é", "e").replace("ñ", "n").replace("'", "")
        row = dict(
            PatNum=key, LName=last, FName=first, PatStatus=PATIENT, Gender=key % 2, Position=0,
            Birthdate=born, SSN="000-00-%04d" % key, City=city, State=state, Zip=postcode,
            Address="%d %s" % (1 + self.chance.below(400), self.chance.pick(STREETS)),
            WirelessPhone=self.phone(clinic), Guarantor=key, PriProv=2 * clinic - 1,
            SecProv=2 * clinic,
            Email="%s.%d@%s" % (plain, key, "example.org" if key % 7 == 0 else "example.com"),
            FeeSched=0, BillingType=40, EstBalance="0.00", BalTotal="0.00", InsEst="0.00",
            DateFirstVisit=self.no_date(key), ClinicNum=clinic, TxtMsgOk=TEXT_YES,
            Language="spa" if key % 16 == 0 else "", PreferContactMethod=0, PreferConfirmMethod=0,
            PreferRecallMethod=0, PreferContactConfidential=0,
            MedUrgNote="note-secret-%d" % key if key % 4 == 0 else "",
            AddrNote='gate code, "note-secret-%d"' % key if key % 25 == 0 else "")
        if key % 5 == 0:
            row["HmPhone"] = self.phone(clinic)
        if key % 9 == 0:
            row["WkPhone"] = self.phone(clinic) + " x12"
        if key % 11 == 0:
            row["Address2"] = "Apt 4, rear"
        row.update(fields)
        self.add("patient", **row)
        self.patients[key] = self.tables["patient"][-1]
        return key

    def guardian(self, child, adult, marked=1):
        self.add("guardian", 1, PatNumChild=child, PatNumGuardian=adult, Relationship=1,
                 IsGuardian=marked)

    # Work done, planned and booked

    def procedure(self, patient, code, day, status=C, visit=0, tooth="", surf="", planned=0):
        """A procedure; planned work may carry the date of its visit, but was diagnosed before."""
        clinic = self.patients[patient]["ClinicNum"]
        diagnosed = min(day, ago(days=30))
        key = 50001 + len(self.tables["procedurelog"])
        return self.add(
            "procedurelog", 50001, PatNum=patient, AptNum=visit, CodeNum=CODE_NUM[code],
            ProcDate=day, ProcFee="%.2f" % FEE[code], Surf=surf, ToothNum=tooth,
            ProcStatus=status, ProvNum=2 * clinic - (code not in CLEANING), PlannedAptNum=planned,
            ClinicNum=clinic, DateTP=diagnosed if status in (TP, TPI) else self.no_date(key))

    def appointment(self, patient, day, codes, status, at=None, minutes=60, confirmed=UNCONFIRMED,
                    priority=0, new=0):
        clinic = self.patients[patient]["ClinicNum"]
        hygiene = int(any(code in CLEANING for code in codes))
        room = 2 * clinic - 1 + hygiene
        if day and not at:
            n = self.slots.get((day, room), 0)
            self.slots[(day, room)] = n + 1
            at = "%02d:%s" % (8 + n % 9, "00" if n < 9 else "30")
        key = 30001 + len(self.tables["appointment"])
        note = "note-secret-%d" % key if key % 10 == 0 else ""
        note = "called twice\nnote-secret-%d" % key if key == 30030 else note
        return self.add(
            "appointment", 30001, PatNum=patient, AptStatus=status, Pattern="X" * (minutes // 5),
            Confirmed=confirmed, Op=room, Note=note, ProvNum=2 * clinic - 1,
            ProvHyg=2 * clinic if hygiene else 0, NextAptNum=0, IsNewPatient=new,
            AptDateTime="%s %s:00" % (day, at) if day else "0001-01-01 00:00:00",
            ProcDescript=", ".join(codes), ClinicNum=clinic, IsHygiene=hygiene, Priority=priority,
            InsPlan1=0, InsPlan2=0)

    def visit(self, patient, day, *codes, tooth="", surf=""):
        """A completed visit with its procedures. Gives back the last one."""
        record = self.patients[patient]
        first = record["DateFirstVisit"] in ("", "0001-01-01")
        if first or day < record["DateFirstVisit"]:
            record["DateFirstVisit"] = day
        apt = self.appointment(patient, day, codes, COMPLETE, new=int(first), confirmed=CONFIRMED)
        for code in codes:
            proc = self.procedure(patient, code, day, visit=apt, tooth=tooth, surf=surf)
        return proc

    def book(self, patient, day, *codes, tooth="", **details):
        """A scheduled visit, its procedures treatment-planned."""
        apt = self.appointment(patient, day, codes, SCHEDULED, **details)
        for code in codes:
            self.procedure(patient, code, day, TP, visit=apt, tooth=tooth)
        for row in self.tables["recall"]:
            if row["PatNum"] == patient:
                row["DateScheduled"] = day
        return apt

    def broken(self, patient, day, *codes, **details):
        return self.appointment(patient, day, codes, BROKEN, **details)

    def recall(self, patient, kind, last=None, interval=None, **fields):
        """A recall row as the practice software keeps it; the interval is (months, days)."""
        standard = {PROPHY: (6, 1), CHILD: (6, 1), PERIO: (4, 0), BITEWINGS: (12, 0), EXAM: (6, 1)}
        months, days = interval or standard[kind]
        key = 20001 + len(self.tables["recall"])
        due = moved(last, months, days) if last else self.no_date(key)
        years, rest = divmod(months, 12)
        packed = years << 24 | rest << 16 | days
        whole = "%dy%dm%dd" % (years, rest, days)
        text = "%dm" % months + ("%dd" % days if days else "")
        row = dict(
            PatNum=patient, DateDueCalc=due, DateDue=due, DatePrevious=last or self.no_date(key),
            RecallInterval=(packed, packed, packed, whole, text)[key % 5],
            RecallStatus=0, Note="note-secret-%d" % key if key % 20 == 0 else "", IsDisabled=0,
            RecallTypeNum=kind, DisableUntilBalance="0", DisableUntilDate=self.no_date(key),
            DateScheduled=self.no_date(key + 1), Priority=0)
        row.update(fields)
        return self.add("recall", 20001, **row)

    def prophy(self, patient, last, interval=None, visits=2, row=True, **fields):
        """A regular patient: first exam, then check-ups with cleaning, the last on that day."""
        cleaning = "D1120" if row == CHILD else "D1110"
        for n in range(visits - 1, -1, -1):
            day = workday(moved(last, -6 * n, -3 * n)) if n else last
            exam = "D0150" if n == visits - 1 else "D0120"
            self.visit(patient, day, exam, cleaning, *(["D0274"] if n % 2 else []))
        if row:
            self.recall(patient, CHILD if row == CHILD else PROPHY, last, interval, **fields)

    def perio(self, patient, last, interval=None, row=PERIO, **fields):
        """A gum patient: exam, deep cleaning of four quadrants, maintenance up to that day."""
        first = workday(moved(last, -13))
        self.visit(patient, first, "D0150")
        for day, sides in ((moved(first, days=14), ("UR", "LR")),
                           (moved(first, days=28), ("UL", "LL"))):
            apt = self.appointment(patient, day, ["D4341"], COMPLETE, minutes=90,
                                   confirmed=CONFIRMED)
            for side in sides:
                self.procedure(patient, "D4341", day, visit=apt, surf=side)
        for back in (8, 4, 0):
            self.visit(patient, workday(moved(last, -back)) if back else last, "D0120", "D4910")
        if row:
            self.recall(patient, row, last, interval, **fields)

    def settled(self, clinic=RIVERSIDE, **fields):
        """A patient whose recare is in order, so that only what a case adds stands out."""
        patient = self.person(clinic, **fields)
        self.prophy(patient, workday(ago(3, self.chance.below(20))), visits=6)
        return patient

    def plan(self, patient, code, day, status=TP, tooth="", surf=""):
        return self.procedure(patient, code, day, status, tooth=tooth, surf=surf)

    def message(self, patient, day, text, received=False, mode=5):
        self.add("commlog", 60001, PatNum=patient, CommDateTime="%s 11:20:00" % day, CommType=0,
                 Note=text, Mode_=mode, SentOrReceived=2 if received else 1, UserNum=1)

    # Insurance

    def cover(self, patient, plan, since=date(2024, 1, 1), until=None, verified=None):
        sub = self.add("inssub", 8001, PlanNum=plan, Subscriber=patient, DateEffective=since,
                       SubscriberID="SUB-%05d" % patient, DateTerm=until or self.no_date(patient))
        held = self.add("patplan", 9001, PatNum=patient, InsSubNum=sub, Ordinal=1, Relationship=0)
        self.add("insverify", 1, DateLastVerified=verified or ago(days=6), UserNum=1, VerifyType=2,
                 FKey=held)
        return sub

    def claim(self, patient, plan, sub, proc, paid, status=RECEIVED):
        work = self.tables["procedurelog"][proc - 50001]
        self.add("claimproc", 70001, ProcNum=proc, ClaimNum=proc, PatNum=patient,
                 ProvNum=work["ProvNum"], FeeBilled=work["ProcFee"], InsPayEst="%.2f" % paid,
                 InsPayAmt="%.2f" % (paid if status == RECEIVED else 0), Status=status,
                 PlanNum=plan, WriteOff="0.00", InsSubNum=sub, ProcDate=work["ProcDate"])


def fixed_tables(office):
    for n, town in ((RIVERSIDE, TOWNS[RIVERSIDE][0]), (LAKESIDE, TOWNS[LAKESIDE][0])):
        place = PRACTICE["locations"][n - 1]
        office.add("clinic", ClinicNum=n, Description=place["name"], Abbr=place["name"].split()[-1],
                   Address=place["address"].split(",")[0], City=town[0], State=town[1], Zip=town[2],
                   Phone=place["phone"][2:], IsHidden=0)
    for n, (abbr, last, first, suffix) in enumerate((
            ("QB", "Brightside", "Quentin", "DMD"), ("MH", "Hillcrest", "Mona", "RDH"),
            ("PL", "Lindenvale", "Petra", "DDS"), ("TW", "Westerly", "Tomas", "RDH")), 1):
        office.add("provider", ProvNum=n, Abbr=abbr, LName=last, FName=first, Suffix=suffix,
                   IsSecondary=int(suffix == "RDH"), IsHidden=0, ProvStatus=0)
        office.add("operatory", OperatoryNum=n, OpName="Room %d" % n, Abbrev="R%d" % n, ItemOrder=n,
                   IsHidden=0, ProvDentist=n if n % 2 else 0, ProvHygienist=0 if n % 2 else n,
                   IsHygiene=1 - n % 2, ClinicNum=(n + 1) // 2)
    for n, (code, _, area) in enumerate(CODES):
        office.add("procedurecode", CodeNum=70 + n, ProcCode=code, ProcTime="/X/", ProcCat=73,
                   TreatArea=area, NoBillIns=0, IsProsth=int(code[1] == "5"),
                   IsHygiene=int(code in CLEANING), IsMultiVisit=0)
    for n, (name, interval, codes) in enumerate((
            ("Prophy", 393217, "D0120,D1110"), ("Child Prophy", 0, "D0120,D1120,D1206"),
            ("Perio", 262144, "D4910"), ("4BW", 16777216, "D0274"), ("Pano", 83886080, "D0330"),
            ("FMX", 83886080, "D0210"), ("Periodic Exam", 393217, "D0120")), 1):
        office.add("recalltype", RecallTypeNum=n, Description=name, DefaultInterval=interval,
                   TimePattern="X" * 12, Procedures=codes, AppendToSpecial=int(n in (4, 5, 6, 7)))
    for number, name in ((UNCONFIRMED, "Unconfirmed"), (CONFIRMED, "Appointment Confirmed")):
        office.add("definition", DefNum=number, Category=2, ItemOrder=number - 19, ItemName=name,
                   IsHidden=0)
    kinds = (("Commercial", "CI"), ("Medicaid", "MC"), ("Medicare", "MB"))
    for n, (name, code) in enumerate(kinds, 1):
        office.add("insfilingcode", InsFilingCodeNum=n, Descrip=name, EclaimCode=code, ItemOrder=n)
    office.add("openings", opening=1, location=RIVERSIDE, provider=2, operatory=2,
               start="2026-03-04T10:00", minutes=60, hygiene=1)
    office.add("openings", opening=2, location=LAKESIDE, provider=3, operatory=3,
               start="2026-03-05T14:00", minutes=90, hygiene=0)
    plans(office)


CALENDAR, APRIL, JULY, JANUARY, MEDICAID, NO_MAXIMUM, UNKNOWN_KIND, MEDICARE = range(1, 9)


def plans(office):
    """Plans by benefit period; filing code 0 means nobody knows whether a plan is public."""
    carriers = ("Example Mutual Dental", "Sample Benefit Trust", "State Medicaid Dental (made up)",
                "Specimen Medicare Plan")
    for n, name in enumerate(carriers, 1):
        office.add("carrier", CarrierNum=n, CarrierName=name, Address="1 Example Plaza",
                   City="Albany", State="NY", Zip="12201", Phone="518-555-%04d" % (190 + n),
                   NoSendElect=0)
    rows = (  # plan: type, carrier, month of renewal, filing code, annual maximum
        ("p", 1, 0, 1, 1500), ("p", 2, 4, 1, 1200), ("p", 2, 7, 1, 1000), ("", 1, 1, 1, 2000),
        ("", 3, 0, 2, None), ("p", 1, 0, 1, None), ("p", 2, 0, 0, 1500), ("p", 4, 0, 3, 1000))
    for n, (kind, carrier, renews, filing, maximum) in enumerate(rows, 1):
        office.add("insplan", PlanNum=n, GroupName="Example Works %d" % n, GroupNum="G-%04d" % n,
                   PlanType=kind, CarrierNum=carrier, EmployerNum=0, MonthRenew=renews,
                   FilingCode=filing)
        period = 2 if renews == 0 else 1
        if maximum:
            benefit(office, n, 5, amount=maximum, period=period)
            benefit(office, n, 2, amount=50, period=period)
    benefit(office, CALENDAR, 5, period=5, qualifier=1, quantity=2, code="D1110")  # 2 in 12 months
    benefit(office, APRIL, 5, qualifier=5, quantity=6, code="D1110")               # every 6 months
    benefit(office, JULY, 5, period=1, qualifier=1, quantity=2, code="D1110")      # 2 a plan year
    benefit(office, CALENDAR, 5, qualifier=4, quantity=1, code="D0274")            # every year


def benefit(office, plan, kind, amount=-1, period=0, qualifier=0, quantity=0, code=None):
    office.add("benefit", 1, PlanNum=plan, PatPlanNum=0, CovCatNum=0, BenefitType=kind, Percent=-1,
               MonetaryAmt=amount, TimePeriod=period, QuantityQualifier=qualifier,
               Quantity=quantity, CodeNum=CODE_NUM[code] if code else 0, CoverageLevel=1)
