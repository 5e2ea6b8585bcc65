"""What the read papers of held files say: read once, kept in the store, and brought together by file.

`InsideFiles` is all that other rooms use.
"""

from components.inside.file_facts import FileFacts
from components.inside.inside_files import InsideFiles
from components.inside.paper_contents import LATER

__all__ = ["LATER", "FileFacts", "InsideFiles"]
