api(1)

plan "thu-2026" { org = "thu", title = "Ké hoách", issued = "2026-01-07", period = "2026" }
