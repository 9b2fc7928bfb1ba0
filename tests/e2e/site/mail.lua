api(1)
site {
    mail = { server = "mail.example.gov.vn:25", tls = "none", from = "Hạn chót <hanchot>", digest = "7h" },
    recipients = "an@example.gov.vn",
    webhooks = {
        { name = "a", url = "https://x.vn/", secret_file = "s" },
        { name = "a", url = "ftp://x.vn/", secret_file = "s" },
    },
}
