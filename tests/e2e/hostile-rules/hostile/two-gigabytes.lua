api(1)

plan "thu-2026" { org = "thu", title = "Kế hoạch thử", issued = "2026-01-07", period = "2026" }

local all = {}
for i = 1, 1 << 15 do all[i] = string.rep("x", (1 << 16) - 10) .. i end
