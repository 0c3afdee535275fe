/* The framework's own English, said in the reader's language.

   Its interface has no translations: what it writes itself is known by its exact words or by a
   pattern and replaced as it appears, in texts and in attributes. Our own texts are left alone. */
(() => {
  "use strict";

  const room = window.room;
  const ATTRIBUTES = ["aria-label", "title", "placeholder", "alt", "aria-description"];
  const OURS = ".stHtml, .th-room, .th-help, svg, script, style, [data-testid='stTopNavLink']";

  const EXACT = {
    "App pages": "fw_pages",
    "Main menu": "fw_menu",
    "Sidebar": "fw_menu",
    "Expand sidebar": "fw_open",
    "Collapse sidebar": "close",
    "Skip to main content": "fw_skip",
    "Navigate to home page": "fw_to_start",
    "(opens in new tab)": "fw_new_tab",
    "(required)": "fw_required",
    "Open": "fw_open",
    "Close": "close",
    "Cancel": "close",
    "Clear value": "fw_clear",
    "Clear all": "fw_clear_all",
    "Clear entry": "fw_clear_entry",
    "No results": "fw_none",
    "No options to select": "fw_none",
    "Selectbox options": "fw_options",
    "Suggestions": "fw_options",
    "Show suggestions": "fw_open",
    "Dismiss": "close",
    "Select...": "fw_choose",
    "Choose an option": "fw_choose",
    "Choose options": "fw_choose",
    "Selected values": "fw_selected",
    "Notifications": "fw_notices",
    "Help": "keys_help",
    "Link to heading": "fw_link",
    "Fullscreen": "fw_full",
    "Close fullscreen": "fw_full_end",
    "Show/hide columns": "fw_show_columns",
    "Download as CSV": "fw_file",
    "Search": "fw_search",
    "Copy to clipboard": "fw_copy",
    "Copied to clipboard": "copied",
    "Running...": "fw_running",
    "Stop": "fw_stop",
    "Stop script": "fw_stop",
    "Try again": "fw_again",
    "Continue anyway": "fw_anyway",
    "Please wait...": "fw_wait",
    "Connecting": "fw_connecting",
    "Connection error": "fw_lost",
    "Error": "fw_fault",
    "Script execution error": "fw_fault",
    "Bad message format": "fw_fault",
    "An error has occurred, please try again.": "fw_fault_text",
    "Page not found": "fw_no_page",
  };
  const PATTERNS = [
    [/^Connecting to \w+ server$/, "fw_connecting"],
    [/^Unable to connect to \w+ server$/, "fw_lost"],
    [/^Is \w+ still running\?/, "fw_lost_text"],
    [/^\w+ server is not responding/, "fw_lost_text"],
    [/^Connection (failed|lost|timed out)/, "fw_lost_text"],
    [/^This app has encountered an error/, "fw_fault_text"],
    [/^(You have requested page|The page that you have requested)/, "fw_no_page_text"],
    [/^Press (Enter|⌘\+Enter|Ctrl\+Enter) to /, "fw_enter"],
    [/^1 option available\.$/, "fw_count_one"],
    [/^(\d+) options available\.$/, "fw_count", "count"],
    [/^(.+), selected$/, "fw_chosen", "name"],
    [/^(\d+) more$/, "fw_more", "count"],
    [/^Remove (.+)$/, "fw_remove", "name"],
    [/^Help for (.+)$/, "fw_help", "name"],
    [/^Shortcut (.+)$/, "fw_shortcut", "key"],
    [/^streamlit run /, null],
  ];

  const said = (words) => {
    const plain = words.trim();
    if (!plain) return words;
    if (Object.hasOwn(EXACT, plain)) return room.text(EXACT[plain]) || words;
    for (const [form, key, name] of PATTERNS) {
      const found = plain.match(form);
      if (found) return key === null ? "" : room.text(key, name ? { [name]: found[1] } : {});
    }
    return words;
  };

  const isOurs = (element) => Boolean(element?.closest(OURS));

  const sayText = (node) => {
    if (isOurs(node.parentElement)) return;
    const told = said(node.data);
    if (told !== node.data) node.data = told;
  };

  const sayAttribute = (element, name) => {
    const words = element.getAttribute(name);
    if (!words) return;
    const told = said(words);
    if (told !== words) element.setAttribute(name, told);
  };

  const sayAll = (root) => {
    if (root.nodeType === Node.TEXT_NODE) return sayText(root);
    if (root.nodeType !== Node.ELEMENT_NODE || isOurs(root)) return;
    const nodes = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, {
      acceptNode: (one) =>
        one.nodeType === Node.ELEMENT_NODE && one.matches(OURS)
          ? NodeFilter.FILTER_REJECT
          : NodeFilter.FILTER_ACCEPT,
    });
    for (let one = nodes.currentNode; one; one = nodes.nextNode()) {
      if (one.nodeType === Node.TEXT_NODE) sayText(one);
      else for (const name of ATTRIBUTES) sayAttribute(one, name);
    }
  };

  // what is said anew is in no table, so a replacement is never itself replaced
  new MutationObserver((changes) => {
    for (const one of changes) {
      if (one.type === "characterData") sayText(one.target);
      else if (one.type === "attributes") {
        if (!isOurs(one.target)) sayAttribute(one.target, one.attributeName);
      } else one.addedNodes.forEach(sayAll);
    }
  }).observe(document.documentElement, {
    subtree: true,
    childList: true,
    characterData: true,
    attributes: true,
    attributeFilter: ATTRIBUTES,
  });
})();
