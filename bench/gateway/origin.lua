-- What a browser sends for a cross-origin GET.
wrk.headers["Accept"] = "*/*"
wrk.headers["Accept-Encoding"] = "gzip, deflate, br"
wrk.headers["Accept-Language"] = "en"
wrk.headers["User-Agent"] = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36"
wrk.headers["Origin"] = "https://app.example.com"
wrk.headers["Referer"] = "https://app.example.com/"
