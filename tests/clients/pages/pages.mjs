// The pages in Chromium. node pages.mjs looks|open|door URL KEY FOLDER: a line for each case, "end" at the end.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';

const [, , part, base, key, folder] = process.argv;
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const turn = '/turns/haiphong-2026:III.3.c:2026-11:haiphong/PC06';
const pages = {
    overview: '/',
    due: '/due',
    alerts: '/alerts?unit=haiphong/PC06',
    unit: '/units/haiphong/PC06',
    plan: '/plans/haiphong-2026',
    item: '/items/haiphong-2026/III.3.c',
    target: '/items/haiphong-2026/7.2.3',
    turn,
    gathered: '/turns/haiphong-2026:III.3.c:2026-11',
    event: '/events/haiphong-2026/plan-received',
    subscribe: '/subscribe/unit/haiphong/PC06',
    signin: '/signin/',
    english: '/units/haiphong/PC06?lang=en',
};

function say(name, found) {
    const text = (Array.isArray(found) ? found : [found]).filter(Boolean).join('\n');
    console.log(text ? `bad\t${name}\t${text.replaceAll('\n', '\\n')}` : `ok\t${name}`);
}

const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    timeout: 120_000,
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
        '--disable-component-update', '--disable-sync'],
});

// A context that keeps what went wrong: messages of the console, requests that left our origin.
const wrong = [];
async function context(options = {}) {
    const made = await browser.newContext({ ignoreHTTPSErrors: true, locale: 'vi-VN', ...options });
    made.setDefaultTimeout(120_000);
    made.on('console', (message) => ['error', 'warning'].includes(message.type()) && wrong.push(message.text()));
    made.on('weberror', (error) => wrong.push(String(error.error())));
    made.on('request', (request) => {
        const url = new URL(request.url());
        if (url.origin !== base && url.protocol !== 'data:')
            wrong.push(`request to ${request.url()}`);
    });
    return made;
}

async function overflow(page) {
    return page.evaluate(() => {
        const over = document.documentElement.scrollWidth - document.documentElement.clientWidth;
        return over > 0 ? `${over} px too wide` : '';
    });
}

// Content-Security-Policy lets no script into the page, so axe comes through the debugger.
async function accessible(page) {
    await page.evaluate(axe);
    const { violations } = await page.evaluate(() =>
        globalThis.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'] }));
    return violations.map((one) => `${one.id}: ${one.help}: ` +
        one.nodes.slice(0, 3).map((node) => `${node.target.join(' ')} ${node.any.map((why) => why.message).join('; ')}`).join(' | '));
}

async function widths() {
    for (const width of [360, 768, 1280]) {
        const made = await context({ viewport: { width, height: 900 } });
        const page = await made.newPage();
        for (const [name, path] of Object.entries(pages)) {
            const answer = await page.goto(base + path);
            say(`${name}: ${width} px: answers`, answer.status() === 200 ? '' : String(answer.status()));
            say(`${name}: ${width} px: fits`, await overflow(page));
            await page.screenshot({ path: `${folder}/${name}-${width}.png`, fullPage: true });
        }
        await made.close();
    }
}

async function colours() {
    for (const colorScheme of ['light', 'dark'])
        for (const width of [360, 1280]) {
            const made = await context({ viewport: { width, height: 900 }, colorScheme });
            const page = await made.newPage();
            for (const [name, path] of Object.entries(pages)) {
                await page.goto(base + path);
                say(`${name}: ${colorScheme}, ${width} px: axe-core finds nothing`, await accessible(page));
            }
            if (width === 360) {
                await page.goto(base + '/');
                await page.screenshot({ path: `${folder}/overview-${width}-${colorScheme}.png` });
            }
            await made.close();
        }
}

async function guards() {
    const made = await context();
    const page = await made.newPage();
    for (const [name, path] of Object.entries(pages)) {
        const answer = await page.goto(base + path);
        const policy = answer.headers()['content-security-policy'] ?? '';
        const needed = ["default-src 'none'", "style-src 'self'", "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'"];
        say(`${name}: a strict Content-Security-Policy`,
            needed.filter((one) => !policy.includes(one)).concat(/script-src|unsafe/.test(policy) ? [policy] : []));
    }
    await made.close();
}

// Everything that can be clicked is reached with the Tab key and then has an outline.
async function keyboard() {
    const made = await context({ viewport: { width: 1280, height: 900 } });
    const page = await made.newPage();
    for (const name of ['turn', 'alerts', 'unit', 'gathered', 'event']) {
        await page.goto(base + pages[name]);
        const count = await page.evaluate(() => {
            const shown = (one) => one.checkVisibility() && !one.closest('details:not([open]) > :not(summary)');
            const all = [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, summary')].filter(shown);
            all.forEach((one, i) => { one.dataset.stop = i; });
            return all.length;
        });
        const reached = new Set(), dull = [];
        for (let i = 0; i < count * 2 + 20 && reached.size < count; i++) {
            await page.keyboard.press('Tab');
            const stop = await page.evaluate(() => {
                const one = document.activeElement, style = getComputedStyle(one);
                return { stop: one.dataset.stop, seen: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
                    what: one.outerHTML.slice(0, 80) };
            });
            if (stop.stop === undefined)
                continue;
            reached.add(stop.stop);
            if (!stop.seen)
                dull.push(stop.what);
        }
        say(`${name}: all ${count} links, buttons and fields with the Tab key`,
            reached.size === count ? '' : `only ${reached.size}`);
        say(`${name}: what has the focus is seen`, dull);
    }
    await made.close();
}

async function paper() {
    const made = await context();
    const page = await made.newPage();
    for (const [name, most] of [['overview', 7], ['unit', 8], ['turn', 1], ['item', 4], ['gathered', 4]]) {
        await page.goto(base + pages[name]);
        const pdf = await page.pdf({ path: `${folder}/${name}.pdf`, format: 'A4' });
        const sheets = (pdf.toString('latin1').match(/\/Type\s*\/Page\b/g) ?? []).length;
        say(`${name}: on A4`, sheets >= 1 && sheets <= most ? '' : `${sheets} sheets`);
    }
    await made.close();
}

// An officer's way, without scripts: from the office's page to the form and back to what was recorded.
async function records() {
    const made = await context({ javaScriptEnabled: false, viewport: { width: 360, height: 800 } });
    const page = await made.newPage();
    const shows = async (name, text) => say(name, (await page.getByText(text).count()) ? '' : `no “${text}”`);
    const feed = async () => (await (await made.request.get(base + '/calendars/unit/haiphong/PC06.ics')).text()).replaceAll('\r\n ', '');
    await page.goto(base + pages.unit);
    await page.getByRole('link', { name: /^Ghi kết quả\s?: Báo cáo tháng về kết quả thực hiện, 2026-11$/ }).click();
    say('the form is one click away', page.url() === base + turn.replaceAll(':', '%3A') || page.url() === base + turn ? '' : page.url());
    await page.getByRole('button', { name: /^Đã biết/ }).click();
    await shows('an alert is acknowledged', 'Đã ghi là đã biết');
    say('and asks no more', (await page.getByRole('button', { name: /^Đã biết/ }).count()) ? 'the button is still there' : '');
    await page.getByLabel('Hạn mới').fill('2026-12-03');
    await page.getByLabel('Lý do (bắt buộc)').fill('Công văn 12');
    await page.getByRole('button', { name: 'Gia hạn' }).click();
    await shows('extended', 'Đã gia hạn.');
    await shows('with its reason', 'Công văn 12');
    say('the old day stays', (await page.locator('s').count()) ? '' : 'it is gone');
    say('the feed has the new day', /DTSTART;VALUE=DATE:20261203/.test(await feed()) ? '' : 'it has not');
    await page.getByLabel('Người ghi').first().fill('Lê Thị B');
    await page.getByRole('button', { name: 'Đã xong' }).click();
    await shows('done', 'Đã ghi là xong.');
    await shows('by whom', 'Lê Thị B');
    say('the feed shows it', /SUMMARY:✓ Báo cáo tháng về kết quả/.test(await feed()) ? '' : 'it does not');
    await page.reload();
    say('loading the page again sends nothing twice', (await page.locator('.story > li').count()) === 2 ? '' : 'it did');
    await page.screenshot({ path: `${folder}/turn-done-360.png`, fullPage: true });
    await page.goto(base + pages.unit);
    say('it is no longer to be done',
        (await page.getByRole('link', { name: /Báo cáo tháng về kết quả thực hiện, 2026-11$/ }).count()) ? 'it is' : '');
    await page.getByRole('link', { name: 'English' }).click();
    say('in English', (await page.locator('html').getAttribute('lang')) === 'en' ? '' : 'no');
    await page.getByRole('link', { name: 'Overview', exact: true }).click();
    say('and stays so', (await page.locator('html').getAttribute('lang')) === 'en' ? '' : 'no');
    await page.goto(base + '/');
    await shows('whose figures are here', 'Số liệu đã nhận');
    await page.getByLabel('Trang của đơn vị').selectOption('haiphong/PC07');
    await page.getByRole('button', { name: 'Mở', exact: true }).click();
    say("an office's page from the overview", page.url() === `${base}/units/haiphong/PC07` ? '' : page.url());
    await page.goto(base + '/alerts');
    await page.getByLabel('Đơn vị').selectOption('haiphong/PC07');
    await page.getByRole('button', { name: 'Lọc' }).click();
    say("one office's alerts", new URL(page.url()).searchParams.get('unit') === 'haiphong/PC07' ? '' : page.url());
    await page.getByRole('button', { name: /^Đã biết/ }).first().click();
    await shows('are answered there', 'Đã ghi là đã biết');
    await made.close();
}

// The day of an event: from the office's page, corrected, and by two clicks on another office's row.
async function happens() {
    const made = await context({ javaScriptEnabled: false, viewport: { width: 360, height: 800 } });
    const page = await made.newPage();
    const shows = async (name, text) => say(name, (await page.getByText(text).count()) ? '' : `no “${text}”`);
    const rows = async () => page.locator('table.records tbody tr').count();
    await page.goto(base + pages.unit);
    await page.getByRole('link', { name: /^Ghi ngày\s?: Nhận được Kế hoạch CCHC năm 2026 của CATP$/ }).click();
    say('the office is chosen', (await page.getByLabel('Của đơn vị').inputValue()) === 'haiphong/PC06' ? '' : 'it is not');
    await page.getByLabel('Ngày xảy ra', { exact: true }).fill('2026-01-09');
    await page.getByLabel('Ghi chú').fill('Công văn đến 15');
    await page.getByRole('button', { name: 'Ghi ngày' }).click();
    await shows('an event is recorded', 'Đã ghi ngày xảy ra');
    await shows('with its note', 'Công văn đến 15');
    await page.reload();
    say('once', (await rows()) === 1 ? '' : `${await rows()} times`);
    await page.getByRole('link', { name: /^Sửa/ }).click();
    say('a correction begins with what stands there', (await page.getByLabel('Ngày xảy ra', { exact: true }).inputValue()) === '2026-01-09' ? '' : 'it does not');
    await page.getByLabel('Ngày xảy ra', { exact: true }).fill('2026-01-12');
    await page.getByRole('button', { name: 'Ghi ngày đúng' }).click();
    await shows('corrected', '1 lần sửa');
    await page.screenshot({ path: `${folder}/event-recorded-360.png`, fullPage: true });
    await page.goto(base + '/turns/haiphong-2026:III.3.b:2026:haiphong/PC06');
    say('the row has its deadline', (await page.locator('dl.facts time[datetime="2026-01-22"]').count()) ? '' : 'it has not');
    await page.goto(base + '/turns/haiphong-2026:III.3.b:2026:haiphong/PC07');
    await page.getByLabel('Ngày xảy ra', { exact: true }).fill('2026-01-09');
    await page.getByRole('button', { name: 'Ghi ngày' }).dblclick();
    await page.waitForURL(/said=record/);
    await page.goto(base + pages.event);
    say('two clicks record it once', (await rows()) === 2 ? '' : `${await rows()} rows`);
    await page.goto(base + '/');
    await page.locator('a[href^="/events/"]').first().click();
    say('what is missing is one click from the overview', page.url().includes('/events/') ? '' : page.url());
    await made.close();
}

// Whoever receives the reports of all ticks those that came, with the keyboard alone.
async function receives() {
    const made = await context({ javaScriptEnabled: false, viewport: { width: 1280, height: 900 } });
    const page = await made.newPage();
    const box = (name) => page.getByRole('checkbox', { name });
    await page.goto(base + '/units/haiphong/PV01');
    await page.getByRole('link', { name: /^Ghi đã nhận\s?: Báo cáo tháng về kết quả thực hiện, 2026-11$/ }).first().click();
    const waiting = await page.getByRole('checkbox').count();
    say('a box for each office that has not sent', waiting > 120 ? '' : `${waiting}`);
    for (const name of [/^PC08 /, /^PC09 /]) {
        await box(name).focus();
        await page.keyboard.press('Space');
    }
    await page.getByText('CA phường Thành Đông').click();
    say('the name ticks it too', (await box('CA phường Thành Đông').isChecked()) ? '' : 'it does not');
    await page.getByLabel('Ngày nhận').fill('2026-11-19');
    await page.getByLabel('Người ghi').fill('Lê Thị B');
    await page.getByLabel('Ghi chú').fill('qua thư điện tử');
    await page.screenshot({ path: `${folder}/gathered-ticked-1280.png` });
    await page.getByRole('button', { name: 'Đã nhận' }).focus();
    await page.keyboard.press('Enter');
    await page.waitForURL(/said=received/);
    say('all of them at once', (await page.getByRole('checkbox').count()) === waiting - 3 ? '' : `${await page.getByRole('checkbox').count()} left`);
    const rows = page.locator('table.records tbody tr').filter({ hasText: 'Lê Thị B' }).filter({ hasText: 'qua thư điện tử' });
    say('each with who, when and why', (await rows.count()) >= 3 ? '' : `${await rows.count()}`);
    await page.getByRole('button', { name: 'Đã nhận' }).click();
    say('none chosen is said', (await page.getByRole('alert').innerText()).includes('chưa chọn đơn vị nào') ? '' : 'it is not');
    wrong.splice(0, wrong.length, ...wrong.filter((one) => !/status of 422/.test(one)));
    await made.close();
}

async function signs_in() {
    const made = await context({ javaScriptEnabled: false, viewport: { width: 360, height: 800 } });
    const page = await made.newPage();
    const answer = await page.goto(base + turn);
    say('a stranger is asked to sign in', answer.status() === 401 ? '' : String(answer.status()));
    await page.screenshot({ path: `${folder}/signin-360.png`, fullPage: true });
    await page.getByLabel('Khóa').fill('không phải');
    await page.getByRole('button', { name: 'Đăng nhập' }).click();
    say('a wrong key', (await page.getByRole('alert').innerText()).includes('Khóa không đúng') ? '' : 'nothing is said');
    await page.getByLabel('Khóa').fill(key);
    await page.getByRole('button', { name: 'Đăng nhập' }).click();
    say('the right key leads on to the page that was asked for', decodeURIComponent(page.url()) === base + turn ? '' : page.url());
    const [cookie] = await made.cookies();
    say('the cookie', cookie.httpOnly && cookie.secure && cookie.sameSite === 'Strict' ? '' : JSON.stringify(cookie));
    await page.getByRole('button', { name: 'Mở lại' }).click();
    say('what is recorded bears the name of the key', (await page.getByText('Văn thư').count()) ? '' : 'it does not');
    await page.getByLabel('Ghi chú').last().fill('gửi muộn');
    await made.clearCookies();
    await page.getByRole('button', { name: 'Đã xong' }).click();
    say('without a session what was filled in waits', (await page.getByText('vẫn còn').count()) ? '' : 'it does not');
    await page.getByLabel('Khóa').fill(key);
    await page.getByRole('button', { name: 'Đăng nhập' }).click();
    say('is shown after signing in', (await page.getByText('gửi muộn').count()) ? '' : 'it is not');
    await page.screenshot({ path: `${folder}/kept-360.png`, fullPage: true });
    await page.getByRole('button', { name: 'Ghi', exact: true }).click();
    say('and recorded by one click', (await page.getByText('Đã ghi là xong.').count()) && (await page.getByText('gửi muộn').count()) ? '' : 'it is not');
    await page.getByRole('link', { name: 'Văn thư' }).or(page.getByRole('link', { name: 'Đăng nhập' })).first().click();
    await page.getByRole('button', { name: 'Thoát' }).click();
    say('signed out', (await page.goto(base + '/')).status() === 401 ? '' : 'the overview still answers');
    await made.close();
}

if (part === 'looks') {
    await widths();
    await colours();
    await guards();
    await keyboard();
    await paper();
} else if (part === 'open') {
    await records();
    await happens();
    await receives();
} else
    await signs_in();
// Chromium notes each 401 and 403 that it shows.
say('nothing on the console, no request to anybody else',
    wrong.filter((one) => part !== 'door' || !/status of 40[13]/.test(one)));
await browser.close();
console.log('end');
