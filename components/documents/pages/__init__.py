"""Pages of papers as pictures, drawn in processes of their own."""

from components.documents.pages.drawing import Drawing, Picture
from components.documents.pages.pictures import WIDTHS, PagePictures

__all__ = ["WIDTHS", "Drawing", "PagePictures", "Picture"]
