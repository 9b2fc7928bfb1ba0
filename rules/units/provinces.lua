api(1)

-- Tỉnh, thành phố có số liệu được công bố cho bảng điểm (rules/index-766.lua). Đây không phải danh sách đủ các tỉnh: khi có số
-- liệu của tỉnh nào thì thêm tỉnh đó, mã là tên viết liền không dấu.

org "tinh" {
  title = "Tỉnh, thành phố",
  units = {
    -- trang vietnam.vn, bài về Bộ chỉ số 766 của tỉnh, tuần 8 và tuần 13 của đợt mùa thu 2025
    BACNINH = { title = "Bắc Ninh", note = "Tỉnh từ 01/7/2025; có nguồn nói thành thành phố trong năm 2026. Mã không đổi theo." },
  },
}
