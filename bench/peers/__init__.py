"""The same cells as `bench.by_hand`, as a competent user of each tool would count them.

Each is `python -m bench.peers.in_X FOLDER OUT`, and may live in an interpreter of its own that
has the tool and not ours: these modules import nothing of the product.
"""
