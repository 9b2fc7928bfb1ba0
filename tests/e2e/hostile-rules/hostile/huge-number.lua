api(1)

plan "thu-2026" { org = "thu", title = "Kế hoạch thử", issued = "2026-01-07", period = "2026" }

local x = 1.7976931348623157e308
while true do local s = x .. x .. x .. x .. x .. x .. x .. x .. x .. x .. x .. x .. x .. x .. x .. x .. x end
