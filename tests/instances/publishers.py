"""Every cell of the real instances, counted without the product: csv module and plain loops.

Each function returns {(indicator, area, period type, first day, breakdown, category): (numerator,
denominator, status)}; the numbers are None unless the status is ok.
"""

import csv
import gzip
import io
from collections import defaultdict
from datetime import date
from pathlib import Path

DATA = Path(__file__).parents[3] / "shared" / "data"
HERE = Path(__file__).parent
HIDDEN, MISSING, EMPTY, LATE = ((None, None, status) for status in "cxzo")
YEARLY = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}


def delivered(name, encoding="utf-8", delimiter=","):
    """Return every record of a delivered file, the title lines and the header among them."""
    content = (DATA / name).read_bytes()
    content = gzip.decompress(content) if name.endswith(".gz") else content
    return list(csv.reader(io.StringIO(content.decode(encoding), newline=""), delimiter=delimiter))


def rows_of(name, encoding="utf-8", delimiter=",", titles=0):
    header, *rows = delivered(name, encoding, delimiter)[titles:]
    return [dict(zip(header, row, strict=True)) for row in rows]


def areas_of(instance):
    with (HERE / instance / "data" / "areas.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def ratio(numerator, denominator):
    """Return the cell of a ratio: of nothing, nothing can be said."""
    return (numerator, denominator, "ok") if denominator else EMPTY


def sotkanet_out_of_home():
    types = {"KUNTA": "municipality", "HYVINVOINTIALUE": "county", "MAAKUNTA": "region"}
    types["MAA"] = "country"
    codes = {
        (a["area_type"], a["name_fi"]): a["area_code"] for a in areas_of("sotkanet_out_of_home")
    }
    codes["municipality", "Maarianhamina - Mariehamn"] = "478"
    cells = {}
    for row in rows_of("finnish/sotkanet_ohc/data_full.csv.gz"):
        if row["region.class"] in types:
            code = codes[types[row["region.class"]], row["region.name"]]
            start = date(int(float(row["year"])), 1, 1)
            sex = row["gender"]
            split = ("all", "all") if sex == "total" else ("sukupuoli", sex)
            placed, children = row["ohc_n"], float(row["childr_n"])
            cell = (float(placed), children, "ok") if placed else HIDDEN
            cells["out_of_home_share", code, "year", start, *split] = cell
    return cells


BENEFITS = {
    "Työttömyysturva": "unemployment_applications",
    "Yleinen asumistuki": "housing_allowance_applications",
    "Perustoimeentulotuki": "social_assistance_applications",
    "Sairauspäiväraha": "sickness_allowance_applications",
    "Tartuntatautipäiväraha": "infectious_disease_allowance_applications",
}


def kela_weekly():
    areas = areas_of("kela_weekly")
    codes = {a["name_fi"]: a["area_code"] for a in areas}
    codes["Maarianhamina - Mariehamn"] = "478"
    parents = {a["area_code"]: a["parent_code"] for a in areas}
    people = defaultdict(float)
    for row in rows_of("finnish/population/005_11re_2019.csv", "latin-1", ";", titles=2):
        if row["Alue"] != "KOKO MAA" and row["Ikä"] == "Yhteensä":
            region = parents[codes[row["Alue"]]]
            people[region] += int(row["Yhteensä 2019 Väestö 31.12."])
            people[parents[region]] += int(row["Yhteensä 2019 Väestö 31.12."])
    counts, weeks = defaultdict(float), set()
    name = "finnish/kela_weekly_monthly/viikkotaso_maakunta_kuva.csv.gz"
    for row in rows_of(name, "utf-8-sig", ";"):
        week = date.fromisocalendar(int(row["vuosi"]), int(row["viikko"]), 1)
        for area in (codes[row["alue"]], "FI1"):
            counts[row["etuus"], area, week] += int(row["saapuneet_hakemukset"])
        weeks.add(week)
    cells = {}
    for benefit, one in BENEFITS.items():
        for area in (a["area_code"] for a in areas if a["area_type"] in ("region", "mainland")):
            spans = [("week", week, [week]) for week in weeks]
            spans += [
                ("year", date(y, 1, 1), [w for w in weeks if w.isocalendar().year == y])
                for y in range(2019, 2023)
            ]
            for kind, start, held in spans:
                known = [counts[key] for week in held if (key := (benefit, area, week)) in counts]
                whole = len(known) == len(held)
                cell = (sum(known), people[area], "ok") if whole else MISSING
                cells[one, area, kind, start, "all", "all"] = cell
    return cells


def month_spans(months):
    """Return the whole calendar periods from the first to the last of some months."""
    first, last = (12 * m.year + m.month - 1 for m in (min(months), max(months)))
    for kind, size in YEARLY.items():
        for at in range(-(-first // size) * size, last - size + 2, size):
            held = [date(n // 12, n % 12 + 1, 1) for n in range(at, at + size)]
            yield kind, held[0], held


def ae_attendances():
    sums, months, names = defaultdict(float), set(), {"1": "type_1", "2": "type_2"}
    for row in rows_of("england_nhs/ae_attendances.csv"):
        month = date.fromisoformat(row["period"])
        months.add(month)
        seen, late = int(row["attendances"]), int(row["breaches"])
        for area in (row["org_code"], "E92000001"):
            for split in (("all", "all"), ("type", names.get(row["type"], row["type"]))):
                sums[area, month, split, "seen"] += seen
                sums[area, month, split, "soon"] += seen - late
    splits = {key[2] for key in sums}
    return {
        ("ae_within_4h_share", area, kind, start, *split): ratio(
            sum(sums[area, month, split, "soon"] for month in held),
            sum(sums[area, month, split, "seen"] for month in held),
        )
        for area in {key[0] for key in sums}
        for kind, start, held in month_spans(months)
        for split in splits
    }


def dfe_looked_after():
    kinds = {"looked after on": "looked_after_rate", "starting": "starting_rate"}
    kinds["ceasing"] = "ceasing_rate"
    cells = {}
    name = "england_dfe/cla_number_and_rate_per_10k_children.csv"
    for row in rows_of(name, "utf-8-sig"):
        one = next(kinds[word] for word in kinds if word in row["population_type"])
        code = row["new_la_code"] or row["region_code"] or row["country_code"]
        start = date(int(row["time_period"]), 1, 1)
        children, people = row["children_count"], row["population_estimate"]
        mark = next((given for given in (children, people) if not given.isdigit()), None)
        cell = (None, None, mark) if mark else (float(children), float(people), "ok")
        cells[one, code, "year", start, "all", "all"] = cell
    return cells


def calgary_pet_licences():
    sums, months, blank = defaultdict(float), set(), set()
    for row in rows_of("calgary_monthly_small_area/pets.csv.gz"):
        month = date.fromisoformat(row["date"])
        months.add(month)
        for area in (row["community_code"], "calgary"):
            for split in (("all", "all"), ("animal", row["animal"].lower())):
                sums[area, month, split] += int(row["license_volume"] or 0)
                if not row["license_volume"]:
                    blank.add((area, month, split))
    splits = {key[2] for key in sums}
    return {
        ("pet_licences", area, kind, start, *split): (sums[area, held[-1], split], None, "ok")
        if held[-1] in months and (area, held[-1], split) not in blank
        else MISSING
        for area in {key[0] for key in sums}
        for kind, start, held in month_spans(months)
        for split in splits
    }


def london_ward_events():
    sums, months = defaultdict(float), set()
    for row in rows_of("london_ward_events/london_ward_month_category_counts.csv.gz"):
        month = date.fromisoformat(row["month"] + "-01")
        months.add(month)
        for area in (row["ward"], "london"):
            sums[area, month] += int(row["n"])
    partly = {date(2016, 3, 1), date(2016, 4, 1)}
    return {
        ("recorded_events", area, kind, start, "all", "all"): MISSING
        if partly & set(held)
        else (sum(sums[area, month] for month in held), None, "ok")
        for area in {key[0] for key in sums}
        for kind, start, held in month_spans(months)
    }


def virginia_foster_care():
    codes = {a["name_en"]: a["area_code"] for a in areas_of("virginia_foster_care")}
    files = {
        "foster_care_rate": ("foster_care.csv", "fc_count"),
        "child_welfare_reports_rate": ("child_welfare_reports.csv", "cps_count"),
    }
    cells = {
        ("child_welfare_reports_rate", code, "year", date(2021, 1, 1), "all", "all"): LATE
        for code in codes.values()
    }
    for one, (name, column) in files.items():
        for row in rows_of(f"usa_virginia/{name}"):
            key = (one, codes[row["locality"]], "year", date(int(row["year"]), 1, 1), "all", "all")
            cells[key] = (float(row[column]), float(row["pop_17under"]), "ok")
    return cells


def holes_of(cells, areas):
    """Return the hidden cells that are alone in a shown sum: over areas, or over categories."""
    above, todo = defaultdict(set), {a["area_code"]: {a["area_code"]} for a in areas}
    types = {a["area_code"]: a["area_type"] for a in areas}
    parents = [(a["area_code"], a["parent_code"]) for a in areas if a["parent_code"]]
    while todo:
        found = {
            c: {p for one in ups for child, p in parents if child == one} for c, ups in todo.items()
        }
        todo = {code: ups for code, ups in found.items() if ups}
        for code, ups in todo.items():
            above[code] |= ups
    hidden = defaultdict(list)
    for key, (_, _, status) in cells.items():
        one, code, kind, start, breakdown, category = key
        if status == "c":
            for total in above[code]:
                whole = (one, total, kind, start, breakdown, category)
                hidden[whole, types[code]].append(key)
            if breakdown != "all":
                hidden[(one, code, kind, start, "all", "all"), breakdown].append(key)
    return {
        lonely[0]
        for (whole, _), lonely in hidden.items()
        if len(lonely) == 1 and cells[whole][2] == "ok"
    }
