/* Runs inside Thunderbird, in its main window, with all its rights (see ask.py). Each command returns lines of text. */
const { cal } = ChromeUtils.importESModule("resource:///modules/calendar/calUtils.sys.mjs");

async function until(what, found) {
    for (const end = Date.now() + 60000; Date.now() < end; await new Promise(go => window.setTimeout(go, 50))) {
        const value = await found();
        if (value) return value;
    }
    throw new Error(`waited for ${what}`);
}

const flat = text => (text ?? "").replaceAll("\n", "\\n");
const network = () => cal.manager.getCalendars().filter(calendar => calendar.type === "ics");
const calendarAt = file => network().find(calendar => calendar.uri.spec.endsWith(`/${file}`));

/* The dialog "New Calendar", as a person goes through it: On the Network, the address, Find Calendars. */
async function findInDialog(address) {
    cal.window.openCalendarWizard(window);
    const dialog = await until("the dialog", () => {
        const top = Services.wm.getMostRecentWindow(null);
        return top.location.href.endsWith("/calendar-creation.xhtml") && top.document.readyState === "complete" && top;
    });
    const part = id => dialog.document.getElementById(id);
    await until("its first panel", () => !part("panel-select-calendar-type").hidden && part("panel-select-calendars").hidden);
    const accept = part("calendar-creation-dialog").getButton("accept");
    part("calendar-type").value = "network";
    accept.click();
    await until("its second panel", () => !part("panel-network-calendar-settings").hidden);
    part("network-location-input").value = address;
    part("network-location-input").dispatchEvent(new dialog.InputEvent("input", { bubbles: true }));
    accept.click();
    const missed = () => ["notfound", "authfail", "certerror"].includes(
        dialog.document.querySelector(".network-status-row").getAttribute("status"));
    await until("what it finds", () => !part("panel-select-calendars").hidden || missed());
    return { dialog, accept, rows: [...part("network-calendar-list").children] };
}

const commands = {
    /* What the dialog lists for an address: name, file, colour, whether it may be written. Subscribes to all, or cancels. */
    async find(address, then) {
        const { dialog, accept, rows } = await findInDialog(address);
        const lines = rows.map(({ calendar }) =>
            [calendar.name, calendar.uri.spec.split("/").at(-1), calendar.getProperty("color"), calendar.readOnly ? "read-only" : "writable"].join("\t"));
        if (rows.length && then === "subscribe") accept.click();
        else dialog.close();
        await until("the dialog's end", () => dialog.closed);
        return lines.join("\n");
    },
    /* The events that it keeps of a calendar: id, first day, day after the last, title, categories, state, description. */
    async events(file) {
        const all = Ci.calICalendar.ITEM_FILTER_ALL_ITEMS;
        const items = await calendarAt(file).getItemsAsArray(all, 0, null, null);
        return items.map(item => [item.id, item.startDate.icalString, item.endDate.icalString, flat(item.title),
            item.getCategories().join(","), item.status, flat(item.getProperty("DESCRIPTION"))].join("\t")).join("\n");
    },
    /* How a calendar stands: its name and colour, whether it is on, minutes between its own looks (empty: Thunderbird's default). */
    state(file) {
        const calendar = calendarAt(file);
        return [calendar.name, calendar.getProperty("color"), calendar.readOnly ? "read-only" : "writable",
            calendar.getProperty("disabled") ? "off" : "on", calendar.getProperty("refreshInterval") ?? ""].join("\t");
    },
    /* The button "Synchronize". */
    refresh() {
        window.calendarController.doCommand("calendar_reload_remote_calendars");
        return "";
    },
    /* What stands on the screen in the month of a day (20261124), on that day. */
    async month(day) {
        const tabs = document.getElementById("tabmail");
        if (tabs.currentTabInfo.mode.name !== "calendar") tabs.openTab("calendar");
        window.switchToView("month");
        await until("the month", () => window.currentView().type === "month" && window.currentView().startDate);
        window.goToDate(cal.createDateTime(day));
        const box = await until("the day", () => [...window.currentView().querySelectorAll("calendar-month-day-box")]
            .find(each => each.date?.icalString === day));
        return [...box.querySelectorAll("calendar-month-day-box-item")].filter(each => each.getBoundingClientRect().height > 0)
            .map(each => each.querySelector(".event-name-label").textContent).join("\n");
    },
};
