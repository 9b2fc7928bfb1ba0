api(1)
site {
    mail = { server = "localhost", tls = "none", from = "hanchot@example.gov.vn" },
    recipients = { ["haiphong/PC60"] = "an@example.gov.vn" },
    webhooks = { { name = "a", url = "http://127.0.0.1/", secret_file = "s", units = "haiphong/PC61", kinds = { "overdu" } } },
}
