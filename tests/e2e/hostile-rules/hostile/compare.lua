api(1)

plan "thu-2026" { org = "thu", title = "Kế hoạch thử", issued = "2026-01-07", period = "2026" }

local a, b = string.rep("x", 60000) .. "a", string.rep("x", 60000) .. "b"
while true do local c = a < b end
