"""What every measure is, how the figures are made, and what this room does not do."""

from html import escape

from tilannehuone.registry import Indicator, Part, Target
from tilannehuone.texts import text
from tilannehuone.texts.format import NARROW, day, number, value_with_unit
from tilannehuone.ui import options
from tilannehuone.ui.frame import Page, address
from tilannehuone.ui.markup import facts_html
from tilannehuone.ui.rounded import rounded_lines, rule_words

METHOD = (
    *("release", "limits", "season", "direction", "power", "chance", "protection"),
    *("intervals", "comparison", "forecast", "individual"),
)
ACCESS = ("words", "keyboard", "tables", "limits", "feedback")


def head_html(page: Page) -> str:
    """Return the page's one message: what this is, and that it predicts nobody."""
    return (
        f'<header class="th-head" lang="{page.lang}"><h1>{escape(page.text("title"))}</h1>'
        f'<p class="th-message">{escape(page.text("message"))}</p></header>'
    )


def method_html(page: Page) -> str:
    """Return the method in short, sentence by sentence."""
    told = {one: [page.text(f"method_{one}")] for one in METHOD}
    told["protection"] += rounded_lines(page.indicators.values(), page.lang)
    points = "".join(f"<li>{escape(one)}</li>" for lines in told.values() for one in lines)
    return _section(page, "method", f"<ul>{points}</ul>")


def access_html(page: Page) -> str:
    """Return what is done for equal access, and what is still wanting."""
    points = "".join(f"<li>{escape(page.text(f'access_{one}'))}</li>" for one in ACCESS)
    return _section(page, "access", f"<ul>{points}</ul>")


def release_html(page: Page) -> str:
    """Return the release's own facts, for a citation."""
    name = page.facts["instance"].get("name") or ""
    facts = [
        (page.text("instance"), name[page.lang] if isinstance(name, dict) else str(name)),
        (page.text("release_id"), str(page.facts["release_id"])),
        (page.text("built"), day(page.facts["built_at"].date(), page.lang)),
        (page.text("version"), str(page.facts["code_version"])),
        (page.text("hash"), str(page.facts["definitions_hash"])[:16]),
    ]
    return _section(page, "release", facts_html(facts, page.lang))


def measures_html(page: Page) -> str:
    """Return every measure's definition as a line that opens."""
    listed = "".join(_measure(page, one) for one in page.indicators.values())
    return _section(page, "measures", listed)


def _section(page: Page, key: str, body: str) -> str:
    title = escape(page.text(key))
    return f'<section class="th-section" lang="{page.lang}"><h2>{title}</h2>{body}</section>'


def _measure(page: Page, one: Indicator) -> str:
    name = escape(one.name.in_language(page.lang))
    link = address("trend", lang=page.lang, indicator=one.id)
    opened = f'<p><a href="{link}" target="_self">{escape(page.text("open_trend"))}</a></p>'
    facts = facts_html(_facts(page, one), page.lang)
    summary = f"<summary>{name}</summary>"
    return f'<details class="th-measure" id="{one.id}">{summary}{facts}{opened}</details>'


def _facts(page: Page, one: Indicator) -> list[tuple[str, str]]:
    lang = page.lang
    grain = options.grain_name(f"rolling{one.rolling}" if one.rolling else one.period, lang)
    return [
        (page.text("definition"), one.definition.in_language(lang)),
        (page.text("question"), one.question.in_language(lang)),
        (page.text("kind"), page.text(f"kind_{one.kind}")),
        (page.text("unit"), one.unit.in_language(lang)),
        (page.text("numerator"), _part(page, one.numerator)),
        (page.text("denominator"), _part(page, one.denominator) if one.denominator else ""),
        (page.text("direction"), page.text(f"direction_{one.direction}")),
        (page.text("cadence"), text(f"frame.cadence_{one.cadence}", lang)),
        (page.text("grain"), grain),
        (page.text("targets"), "; ".join(_target(page, one, each) for each in one.targets)),
        (page.text("breaks"), "; ".join(
            f"{day(each.date, lang)} {each.text.in_language(lang)}" for each in one.breaks
        )),
        (page.text("caveats"), " ".join(each.in_language(lang) for each in one.caveats)),
        (page.text("protection"), _protection(page, one)),
        (page.text("register"), one.register_),
        (page.text("owner"), one.owner),
        (page.text("lag"), page.text("lag_days", days=one.lag_days)),
        (page.text("id"), one.id),
    ]  # fmt: skip


def _part(page: Page, part: Part) -> str:
    told = page.text(f"part_{part.aggregate}", source=part.source, column=part.column or "")
    return told + (page.text("part_where", where=part.where) if part.where else "")


def _target(page: Page, one: Indicator, target: Target) -> str:
    unit = one.unit.in_language(page.lang)
    decimals = 0 if target.value.is_integer() else one.decimals
    return page.text(
        f"target_{target.kind}",
        value=value_with_unit(target.value, unit, page.lang, decimals),
        since=day(target.since, page.lang),
        source=target.source,
    )


def _protection(page: Page, one: Indicator) -> str:
    rule = one.protect
    if one.kind in ("median", "mean"):
        return page.text("protect_n", n=number(rule.n_min, page.lang))
    words = (
        [rule_words(one, page.lang), page.text("protect_rounding")]
        if rule.rounds
        else [page.text("protect_k", k=rule.k_min)]
    )
    if rule.complement and one.kind == "proportion":
        words.append(page.text("protect_complement", k=rule.k_min))
    if rule.denominator_min:
        words.append(page.text("protect_denominator", n=number(rule.denominator_min, page.lang)))
    if not (rule.show_zero or rule.rounds):
        words.append(page.text("protect_zero"))
    return " ".join(words).replace(NARROW, " ")
