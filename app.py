"""The app's entry for `streamlit run`: its pages and its looks. It holds no rule."""

import streamlit as st

from geo.pages import ICON, LOGO, STYLE, pages

st.set_page_config(page_title="conflict-map", page_icon=ICON, layout="wide")
st.logo(LOGO, size="large")
st.html(STYLE)
st.navigation(list(pages().values()), position="top").run()
