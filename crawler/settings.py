"""Scrapy's settings for every crawl: polite, identified, bounded."""

from __future__ import annotations

import os

CONTACT = os.environ.get("QUOTEWIRE_CONTACT", "no contact set")

BOT_NAME = "quotewire"
SPIDER_MODULES: list[str] = []
USER_AGENT = f"Quotewire/0.1 ({CONTACT})"
ROBOTSTXT_OBEY = True
ROBOTSTXT_USER_AGENT = "Quotewire"
COOKIES_ENABLED = False
TELNETCONSOLE_ENABLED = False

# Politeness: each source sets its own delay between two requests to a host.
DOWNLOAD_DELAY = 1.0
DOWNLOAD_DELAY_JITTER = 0
CONCURRENT_REQUESTS = 16
CONCURRENT_REQUESTS_PER_DOMAIN = 2

# Bounds: what one page, one host and one run may cost.
DOWNLOAD_TIMEOUT = 30
DOWNLOAD_MAXSIZE = 10_000_000
DOWNLOAD_WARNSIZE = 0
DOWNLOAD_FAIL_ON_DATALOSS = False
DNS_TIMEOUT = 15
REDIRECT_MAX_TIMES = 5
METAREFRESH_ENABLED = False
RETRY_TIMES = 1
CLOSESPIDER_TIMEOUT = 6 * 3600
ARTICLES_PER_RUN = int(os.environ.get("QUOTEWIRE_ARTICLES_PER_RUN", "500"))
LISTINGS_PER_RUN = 50

# Answers of every status reach the spider, so that each leaves a row.
HTTPERROR_ALLOW_ALL = True
DOWNLOAD_HANDLERS = {"data": None, "file": None, "ftp": None, "s3": None}
DOWNLOADER_MIDDLEWARES = {
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "crawler.robots.Robots": 100,
    # After the proxy is known (750), and thus on every request, that for robots.txt and redirected ones too.
    "crawler.guard.AddressGuard": 760,
}
EXTENSIONS = {
    "scrapy.extensions.logstats.LogStats": None,
    "scrapy.extensions.memusage.MemoryUsage": None,
}

LOG_LEVEL = "WARNING"
LOG_SHORT_NAMES = True
