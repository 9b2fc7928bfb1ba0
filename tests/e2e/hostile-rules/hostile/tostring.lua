api(1)

plan "thu-2026" { org = "thu", title = "Kế hoạch thử", issued = "2026-01-07", period = "2026" }

local t = {}
for i = 1, 1 << 24 do t[tostring(i)] = i end
