api(1)
site {
    url = "http://x.vn",
    mail = {
        server = "mail.example.gov.vn",
        from = "Hạn chót <hanchot@example.gov.vn>",
        user = "u",
        digest = "05:30",
    },
    recipients = {
        ["haiphong/PC06"] = { "a@b.vn", "trực ban@b.vn" },
        operators = "it@b.vn",
        PC06 = "x@y",
    },
    webhooks = {
        { name = "a b", url = "http://x.vn/", secret_file = "s" },
        {
            name = "b",
            url = "https://x.vn/",
            kindz = 1,
        },
    },
}
