api(1)

plan "thu-2026" { org = "thu", title = "Kế hoạch thử", issued = "2026-01-07", period = "2026" }

local t = {}
for i = 1, 1 << 20 do t[i] = "0123456789" end
while true do local s = table.concat(t) end
