api(1)

-- Công an huyện Cù Lao Dung (tỉnh Sóc Trăng): 5 đội, 7 xã và 1 thị trấn, theo Kế hoạch 104/KH-CAH ngày 05/8/2021.
-- Không ghi `area`: không nguồn nào nói xã nào là nông thôn, vùng sâu, vùng xa hay vùng đồng bào dân tộc Khmer. Vì thế chỉ tiêu
-- PL/III.6 (1.600, 1.200, 800 hồ sơ) báo thiếu thuộc tính chứ không đoán; khi biết thì thêm `area = "rural"`, `"remote"`,
-- `"khmer"` hoặc `"town"` vào từng đơn vị.
-- Không ghi `until_day`: kế hoạch chạy đến hết 2025 và chưa rõ ai tiếp nhận việc của các đội sau khi Công an cấp huyện kết thúc.

local ENDED = "Công an cấp huyện kết thúc từ 01/3/2025 (nguồn yếu); chưa rõ đơn vị tiếp nhận nên các mốc năm 2025 vẫn để ở đội"

org "culaodung" {
  title = "Công an huyện Cù Lao Dung",

  outside = {
    CAT = "Công an tỉnh Sóc Trăng",
    PV01 = "Phòng PV01, Công an tỉnh Sóc Trăng",
    LANHDAO = "Lãnh đạo Công an huyện Cù Lao Dung",
    UBND = "UBND huyện Cù Lao Dung",
    ["VP-UBND"] = "Văn phòng UBND huyện Cù Lao Dung",
    NOIVU = "Phòng Nội vụ huyện Cù Lao Dung",
    BANNGANH = "Các ban, ngành, địa phương trong huyện",
  },

  units = {
    ["D-TONGHOP"] = { title = "Đội Tổng hợp", note = ENDED },
    ["D-QLHC"] = { title = "Đội CSQLHC về TTXH", note = ENDED },
    ["D-ANNINH"] = { title = "Đội An ninh", note = ENDED },
    ["D-CSGT"] = { title = "Đội CSGT-TT", note = ENDED },
    ["D-PCCC"] = { title = "Đội CSPCCC và CNCH", note = ENDED },

    ["X-CULAODUNG"] = { title = "Công an thị trấn Cù Lao Dung" },
    ["X-ANTHANH1"] = { title = "Công an xã An Thạnh 1" },
    ["X-ANTHANH2"] = { title = "Công an xã An Thạnh 2" },
    ["X-ANTHANH3"] = { title = "Công an xã An Thạnh 3" },
    ["X-ANTHANHTAY"] = { title = "Công an xã An Thạnh Tây" },
    ["X-ANTHANHDONG"] = { title = "Công an xã An Thạnh Đông" },
    ["X-ANTHANHNAM"] = { title = "Công an xã An Thạnh Nam" },
    ["X-DAIAN1"] = { title = "Công an xã Đại Ân 1" },
  },

  groups = {
    -- các đội của Công an huyện
    team = { "D-TONGHOP", "D-QLHC", "D-ANNINH", "D-CSGT", "D-PCCC" },
    -- Công an các xã, thị trấn
    commune = {
      "X-CULAODUNG", "X-ANTHANH1", "X-ANTHANH2", "X-ANTHANH3",
      "X-ANTHANHTAY", "X-ANTHANHDONG", "X-ANTHANHNAM", "X-DAIAN1",
    },
    -- các đội nghiệp vụ (Đội Tổng hợp luôn đứng riêng trong bảng)
    specialist = { "D-QLHC", "D-ANNINH", "D-CSGT", "D-PCCC" },
    -- "Các đội nghiệp vụ có liên quan và Công an xã, thị trấn"
    related = { "@specialist", "@commune" },
    -- ba đội cung cấp dịch vụ công, giải quyết thủ tục hành chính (mục V.1)
    desk_team = { "D-QLHC", "D-CSGT", "D-PCCC" },
    -- Bộ phận Một cửa Công an các cấp: ba đội đó và Công an xã, thị trấn
    desk = { "@desk_team", "@commune" },
  },
}
