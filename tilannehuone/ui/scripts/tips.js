/* Tooltips of drawings: what a mark's data-tip says, beside the pointer. */
