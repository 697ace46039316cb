// The SQL editor is better with these scripts and complete without them.
(() => {
  const input = document.querySelector("textarea#sql-editor");
  const button = document.querySelector("button#sql-format");
  if (!input || !window.CodeMirror) return;
  const height = input.offsetHeight; // nothing below it may move
  const editor = CodeMirror.fromTextArea(input, { lineNumbers: true, lineWrapping: true, mode: "text/x-sql" });
  editor.setSize(null, height);
  editor.setOption("extraKeys", { Tab: false, "Shift-Enter": () => input.form.requestSubmit() });
  editor.getInputField().setAttribute("aria-label", "SQL");
  if (button && window.sqlFormatter) {
    button.hidden = false;
    button.addEventListener("click", () => editor.setValue(sqlFormatter.format(editor.getValue())));
  }
})();
