api(1)

-- Công an tỉnh Sóc Trăng: 11 phòng và Công an 11 huyện, thị xã, thành phố có tên trong các kế hoạch 2024 và 2025.
-- Tên phòng theo cách gọi chung, có thể đã đổi. Công an cấp huyện kết thúc từ 01/3/2025: nguồn yếu, chưa rõ ai tiếp nhận
-- việc nên không ghi `heir`; khi biết thì thêm `heir = "<mã>"` vào từng đơn vị.
-- "Công an các đơn vị, địa phương" = "@all"; "Công an các địa phương", "Công an các huyện, thị xã, thành phố" = "@district";
-- "PA08, PC06, PC07, PC08 và Công an các địa phương" = "@desk".

local ENDED = "Công an cấp huyện kết thúc từ 01/3/2025 (nguồn yếu, cần người kiểm lại); chưa rõ đơn vị tiếp nhận"

org "soctrang" {
  title = "Công an tỉnh Sóc Trăng",

  outside = {
    BCA = "Bộ Công an",
    V03 = "Cục V03, Bộ Công an",
    UBND = "Ủy ban nhân dân tỉnh Sóc Trăng",
    HDND = "Hội đồng nhân dân tỉnh Sóc Trăng",
  },

  units = {
    PV01 = { title = "Phòng Tham mưu" },
    PX01 = { title = "Phòng Tổ chức cán bộ" },
    PX03 = { title = "Phòng Công tác Đảng và công tác chính trị" },
    PX05 = { title = "Thanh tra Công an tỉnh" },
    PH10 = { title = "Phòng Hậu cần" },
    PA05 = { title = "Phòng An ninh mạng và phòng, chống tội phạm sử dụng công nghệ cao" },
    PA06 = { title = "Phòng Kỹ thuật nghiệp vụ" },
    PA08 = { title = "Phòng Quản lý xuất nhập cảnh" },
    PC06 = { title = "Phòng Cảnh sát quản lý hành chính về trật tự xã hội" },
    PC07 = { title = "Phòng Cảnh sát phòng cháy, chữa cháy và cứu nạn, cứu hộ" },
    PC08 = { title = "Phòng Cảnh sát giao thông" },

    ["H-SOCTRANG"] = { title = "Công an TP Sóc Trăng", until_day = "2025-02-28", note = ENDED },
    ["H-VINHCHAU"] = { title = "Công an TX Vĩnh Châu", until_day = "2025-02-28", note = ENDED },
    ["H-NGANAM"] = { title = "Công an TX Ngã Năm", until_day = "2025-02-28", note = ENDED },
    ["H-CHAUTHANH"] = { title = "Công an huyện Châu Thành", until_day = "2025-02-28", note = ENDED },
    ["H-CULAODUNG"] = { title = "Công an huyện Cù Lao Dung", until_day = "2025-02-28", note = ENDED },
    ["H-KESACH"] = { title = "Công an huyện Kế Sách", until_day = "2025-02-28", note = ENDED },
    ["H-LONGPHU"] = { title = "Công an huyện Long Phú", until_day = "2025-02-28", note = ENDED },
    ["H-MYTU"] = { title = "Công an huyện Mỹ Tú", until_day = "2025-02-28", note = ENDED },
    ["H-MYXUYEN"] = { title = "Công an huyện Mỹ Xuyên", until_day = "2025-02-28", note = ENDED },
    ["H-THANHTRI"] = { title = "Công an huyện Thạnh Trị", until_day = "2025-02-28", note = ENDED },
    ["H-TRANDE"] = { title = "Công an huyện Trần Đề", until_day = "2025-02-28", note = ENDED },
  },

  groups = {
    -- các phòng ("Công an các đơn vị", "các đơn vị có liên quan")
    department = { "PV01", "PX01", "PX03", "PX05", "PH10", "PA05", "PA06", "PA08", "PC06", "PC07", "PC08" },
    -- Công an các huyện, thị xã, thành phố
    district = {
      "H-SOCTRANG", "H-VINHCHAU", "H-NGANAM", "H-CHAUTHANH", "H-CULAODUNG", "H-KESACH",
      "H-LONGPHU", "H-MYTU", "H-MYXUYEN", "H-THANHTRI", "H-TRANDE",
    },
    -- bốn phòng trực tiếp giải quyết thủ tục hành chính
    desk_department = { "PA08", "PC06", "PC07", "PC08" },
    -- mọi đơn vị trực tiếp giải quyết thủ tục hành chính
    desk = { "@desk_department", "@district" },
  },
}
