"""Base forms of Finnish, Swedish and English words, read from dictionaries on this machine.

They are read as they lie packed: 60 MB and 3 s at the first word, where whole tables would take
500 MB and 7 s; a word takes 0.2 ms.
"""

from functools import partial

import simplemma

is_known = partial(simplemma.is_known, low_memory=True)
lemma = partial(simplemma.lemmatize, low_memory=True)
