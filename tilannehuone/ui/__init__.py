"""The screens' parts: all that knows Streamlit, and the HTML that pages show."""
