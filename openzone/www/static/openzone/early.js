// Runs before the first paint: pages work without scripts, menus fold only when they can unfold.
document.documentElement.classList.add("js");
