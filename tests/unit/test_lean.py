"""A lean import leaves nothing behind but modules that come when they are asked for."""

import subprocess
import sys

CODE = """
import gc, sys
from pipelines.quality.lean import lean
with lean("colorsys", later="scipy.stats"):
    from scipy import stats
    try:
        import colorsys
    except ImportError:
        print("absent")
print("scipy.stats._stats_py" in sys.modules, "colorsys" in sys.modules, gc.isenabled())
import colorsys
from scipy.stats import norm
print(stats.norm is norm, round(float(norm.cdf(0)), 1), stats is sys.modules["scipy.stats"])
with lean("colorsys", later="scipy.stats"):
    import colorsys
    print(sys.modules["colorsys"] is not None, sys.modules["scipy.stats"] is stats)
"""


def test_what_is_named_and_not_used_is_not_loaded():
    done = subprocess.run([sys.executable, "-c", CODE], capture_output=True, text=True, check=True)

    assert done.stdout.splitlines() == [
        "absent",
        "False False True",
        "True 0.5 True",
        "True True",
    ]
