api(1)

plan "thu-2026" { org = "thu", title = "Kế hoạch thử", issued = "2026-01-07", period = "2026" }

string.find(string.rep("a", 1 << 20), string.rep("a-", 1 << 10) .. "b")
