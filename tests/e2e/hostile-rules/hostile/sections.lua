api(1)

plan "thu-2026" { org = "thu", title = "Kế hoạch thử", issued = "2026-01-07", period = "2026" }

local text = ("x"):rep(3000)
for i = 1, 1 << 24 do section("" .. i)(text) end
