"""Scrapy's settings for every crawl: polite, identified, bounded."""

from __future__ import annotations

import os

BOT_NAME = "quotewire"
SPIDER_MODULES: list[str] = []
AGENT = "Quotewire/0.1"
ROBOTSTXT_OBEY = True  # by crawler.robots
COOKIES_ENABLED = False
TELNETCONSOLE_ENABLED = False

# The frontier decides what is asked for: nothing an address is kept in memory.
SCHEDULER = "crawler.frontier.scheduler.FrontierScheduler"
CONCURRENT_REQUESTS = 0  # as many hosts at once as there are; a few requests to each
CONCURRENT_ITEMS = 1  # callbacks give nothing back: a hundred idle workers an answer cost a tenth of the time

# Politeness: a host's delay is the longest of its robots.txt, its sources, and what AutoThrottle finds it needs.
DOWNLOAD_DELAY = 0
DOWNLOAD_DELAY_JITTER = 0
CONCURRENT_REQUESTS_PER_DOMAIN = 2
AUTOTHROTTLE_ENABLED = True
AUTOTHROTTLE_START_DELAY = 0
AUTOTHROTTLE_MAX_DELAY = 60
AUTOTHROTTLE_TARGET_CONCURRENCY = 1.0

# Bounds: what one page, one host and one run may cost.
DOWNLOAD_TIMEOUT = 30
DOWNLOAD_MAXSIZE = 10_000_000
DOWNLOAD_WARNSIZE = 0
DOWNLOAD_FAIL_ON_DATALOSS = False
DNS_TIMEOUT = 15
REDIRECT_MAX_TIMES = 5
METAREFRESH_ENABLED = False
# One more attempt at once where the connection broke; all else waits for its turn in the frontier.
RETRY_TIMES = 1
RETRY_HTTP_CODES: list[int] = []
CLOSESPIDER_TIMEOUT = 6 * 3600
ARTICLES_PER_RUN = int(os.environ.get("QUOTEWIRE_ARTICLES_PER_RUN", "500"))
LISTINGS_PER_RUN = 50

# Answers of every status reach the spider, so that each leaves a row.
HTTPERROR_ALLOW_ALL = True
DOWNLOAD_HANDLERS = {"data": None, "file": None, "ftp": None, "s3": None}
DOWNLOADER_MIDDLEWARES = {
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "crawler.robots.Robots": 100,
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,
    "scrapy.downloadermiddlewares.httpauth.HttpAuthMiddleware": None,
    "scrapy.downloadermiddlewares.stats.DownloaderStats": None,
    # After the proxy is known (750), and thus on every request, that for robots.txt and redirected ones too.
    "crawler.guard.AddressGuard": 760,
    # Last of all: what comes here is sent.
    "crawler.cap.DailyCap": 770,
}
SPIDER_MIDDLEWARES = {
    f"scrapy.spidermiddlewares.{name}": None
    for name in (
        "httperror.HttpErrorMiddleware",
        "urllength.UrlLengthMiddleware",
        "depth.DepthMiddleware",
        "start.StartSpiderMiddleware",
        "metacopy.MetaCopyDetectionMiddleware",
    )
}
EXTENSIONS = {
    "scrapy.extensions.throttle.AutoThrottle": None,
    "crawler.throttle.HostThrottle": 0,
    "scrapy.extensions.logstats.LogStats": None,
    "scrapy.extensions.memusage.MemoryUsage": None,
}

LOG_LEVEL = "WARNING"
LOG_SHORT_NAMES = True
