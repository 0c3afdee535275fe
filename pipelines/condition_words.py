"""What a declared condition may be made of: the lists of `pipelines.conditions`.

`docs/data-steward.md` tells the same lists; a test holds them together.
"""

CLASSES = frozenset(
    {
        "BETWEEN", "CASE", "CAST", "COLUMN_REF", "COMPARISON", "CONJUNCTION", "CONSTANT",
        "FUNCTION", "OPERATOR", "TYPE",
    }
)  # fmt: skip
"""Classes of DuckDB's parsed expressions."""

OPERATORS = frozenset(
    {
        "OPERATOR_NOT", "COMPARE_IN", "OPERATOR_IS_NULL", "OPERATOR_IS_NOT_NULL",
        "OPERATOR_COALESCE",
    }
)  # fmt: skip

LIKE = ("~~", "!~~", "~~*", "!~~*", "like_escape", "not_like_escape")
SIGNS = frozenset({"+", "-", "*", "/", "//", "%", "||", *LIKE})

FUNCTIONS = {
    "texts": (
        "concat", "contains", "ends_with", "left", "length", "lower", "lpad", "ltrim", "position",
        "regexp_extract", "regexp_full_match", "regexp_matches", "regexp_replace", "replace",
        "right", "rpad", "rtrim", "split_part", "starts_with", "strip_accents", "strpos", "substr",
        "substring", "trim", "upper",
    ),
    "numbers": (
        "abs", "ceil", "ceiling", "floor", "greatest", "least", "mod", "round", "sign", "trunc",
    ),
    "days": (
        "date_add", "date_diff", "date_part", "date_sub", "date_trunc", "datediff", "datepart",
        "datesub", "datetrunc", "day", "dayofmonth", "dayofweek", "dayofyear", "isodow", "isoyear",
        "last_day", "make_date", "month", "quarter", "strftime", "strptime", "to_days", "to_months",
        "to_quarters", "to_weeks", "to_years", "today", "try_strptime", "week", "weekofyear",
        "year",
    ),
    "choices": ("if", "nullif"),
}  # fmt: skip
"""By what they are about; each computes from its arguments, and its answer is hardly longer."""

ALLOWED = SIGNS.union(*FUNCTIONS.values())
TYPES = frozenset(
    {
        "bigint", "boolean", "date", "decimal", "double", "float", "hugeint", "integer",
        "interval", "numeric", "smallint", "text", "time", "timestamp", "tinyint", "varchar",
    }
)  # fmt: skip
TODAY = "current_date"

WRITTEN_OUT: dict[str, tuple[int, ...]] = {
    **dict.fromkeys(("regexp_extract", "regexp_full_match", "regexp_matches"), (1,)),
    **dict.fromkeys(LIKE, (1,)),
    **dict.fromkeys(("replace", "regexp_replace"), (1, 2)),
    **dict.fromkeys(("lpad", "rpad"), (1,)),
}
"""Arguments that are no columns: patterns, what is put in their place, and widths."""

WIDEST = 200
MOST_WILD = 5
"""Of a text made wider, its width; of a LIKE pattern, its percent signs."""
