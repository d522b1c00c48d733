"""The application for servers of the reader's own choice: ``uvicorn graph_api.server.asgi:app``."""

from graph_api.server.app import create_app
from graph_api.settings import Settings

app = create_app(Settings())
