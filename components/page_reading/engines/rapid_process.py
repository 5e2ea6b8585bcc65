"""The script that reads one page with RapidOCR, in a process of its own, where nothing of the app is loaded.

Its arguments are the folders of Python's packages; the page comes on its standard input as a picture (PGM). The answer
is JSON: lines, each with its text, the share of its confidence, and left, top, right and bottom in pixels.
"""

import io
import json
import os
import sys

_PARAMETERS = {
    "Global.log_level": "critical",
    "EngineConfig.onnxruntime.intra_op_num_threads": 1,
    "EngineConfig.onnxruntime.inter_op_num_threads": 1,
}


def main() -> None:
    """Read the page."""
    sys.path[1:1] = sys.argv[1:]
    answer = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what libraries print would break the answer; the app leads errors nowhere
    import numpy as np  # noqa: PLC0415 - found only now
    import onnxruntime  # noqa: PLC0415
    from PIL import Image  # noqa: PLC0415
    from rapidocr import RapidOCR  # noqa: PLC0415

    onnxruntime.disable_telemetry_events()  # nothing is told to anybody, also where no Landlock forbids connections
    with Image.open(io.BytesIO(sys.stdin.buffer.read()), formats=["PPM"]) as page:
        read = RapidOCR(params=_PARAMETERS)(np.array(page.convert("RGB")))
    lines = []
    if read.boxes is not None:
        for text, score, corners in zip(read.txts, read.scores, read.boxes, strict=True):
            across, down = [float(x) for x, _ in corners], [float(y) for _, y in corners]
            lines.append([str(text), float(score), min(across), min(down), max(across), max(down)])
    answer.write(json.dumps(lines).encode())
    answer.flush()


if __name__ == "__main__":
    main()
