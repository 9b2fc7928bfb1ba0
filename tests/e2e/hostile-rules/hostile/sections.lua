api(1)

plan "thu-2026" { org = "thu", title = "Kế hoạch thử", issued = "2026-01-07", period = "2026" }

for i = 1, 1 << 24 do section("" .. i)("Những việc của một mục rất dài, với một tên dài như tên của các mục trong kế hoạch") end
