"""What people see: the only room, with the pages, that knows Streamlit."""
