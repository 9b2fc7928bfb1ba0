api(1)

plan "thu-2026" { org = "thu", title = "Kế hoạch thử", issued = "2026-01-07", period = "2026" }

local s = string.rep("ă", 1 << 14)
while true do utf8.len(s) end
