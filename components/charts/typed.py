"""Numbers as plotly's typed arrays, which are neither looked at nor copied one by one on their way to the browser."""

import base64
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray


def typed(numbers: Sequence[float] | NDArray[np.float64]) -> dict[str, str]:
    """Write numbers, to 24 bits; what is not a number is a gap."""
    return {"dtype": "f4", "bdata": base64.b64encode(np.asarray(numbers, dtype="<f4").tobytes()).decode("ascii")}
