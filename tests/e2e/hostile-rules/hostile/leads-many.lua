api(1)

plan "thu-2026" { org = "thu", title = "Kế hoạch thử", issued = "2026-01-07", period = "2026" }

local l = {}
for i = 1, 60000 do l[i] = "PV0" .. i end
for i = 1, 60000 do task("" .. i) { title = "x", lead = l, due = ongoing } end
