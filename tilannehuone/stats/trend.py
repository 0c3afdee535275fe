"""Trends: the five-point test of a few years, and lines that bend for a longer series."""

from tilannehuone.stats.trend_power import (
    SmallestChange,
    recent_trend_power,
    smallest_seen_change,
)
from tilannehuone.stats.trend_recent import RecentTrend, recent_trend, recent_trends
from tilannehuone.stats.trend_segmented import segmented_trend
from tilannehuone.stats.trend_segments import Joinpoint, SegmentedTrend, TrendSegment

__all__ = [
    "Joinpoint",
    "RecentTrend",
    "SegmentedTrend",
    "SmallestChange",
    "TrendSegment",
    "recent_trend",
    "recent_trend_power",
    "recent_trends",
    "segmented_trend",
    "smallest_seen_change",
]
