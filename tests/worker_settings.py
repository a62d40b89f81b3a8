"""The product's settings for workers that tests start, and kill: folders of their own, a short lease, a slow mail."""

import os
from pathlib import Path

from config.settings import *  # noqa: F403
from config.settings import CELERY_BROKER_TRANSPORT_OPTIONS, CELERY_BROKER_URL

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
NOTICE_LEASE_SECONDS = 2
EMAIL_BACKEND = "tests.slow_mail.EmailBackend"

if CELERY_BROKER_URL == "filesystem://":
    folder = Path(os.environ["WORKER_FOLDER"])
    places = {"data_folder_in": "messages", "data_folder_out": "messages"}
    places |= {"processed_folder": "processed", "control_folder": "control"}
    for name in places.values():
        (folder / name).mkdir(exist_ok=True)
    CELERY_BROKER_TRANSPORT_OPTIONS |= {option: str(folder / name) for option, name in places.items()}
