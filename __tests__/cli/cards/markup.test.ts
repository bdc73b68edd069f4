import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { fromLog, html, jsonBlock, trusted, visible } from "../../../cli/cards/markup";
import { anyCharacter } from "../../any-character";

describe("html", () => {
  test("escapes whatever stands between tags or in an attribute", () => {
    expect(html`<a title="${`"'&`}">${"<b>&amp;"}</a>`.text).toBe('<a title="&quot;&#39;&amp;">&lt;b&gt;&amp;amp;</a>');
  });

  test("puts markup in as it is, lists of it one after the other", () => {
    expect(html`<ul>${["a<", "b"].map((item) => html`<li>${item}</li>`)}</ul>${7}`.text).toBe(
      "<ul><li>a&lt;</li><li>b</li></ul>7",
    );
  });

  test("sets a log's text apart from its surroundings", () => {
    expect(fromLog("<שלום>").text).toBe("<bdi>&lt;שלום&gt;</bdi>");
  });
});

describe("visible", () => {
  test.each([
    ["bidi overrides", "a\u202eb\u2066c\u061c", "a⟨U+202E⟩b⟨U+2066⟩c⟨U+061C⟩"],
    ["zero widths", "a\u200b\u200d\ufeff\u00ad", "a⟨U+200B⟩⟨U+200D⟩⟨U+FEFF⟩⟨U+00AD⟩"],
    ["controls", "\u0000\t\n\u001b[2J\u0085", "⟨U+0000⟩⟨U+0009⟩⟨U+000A⟩⟨U+001B⟩[2J⟨U+0085⟩"],
    ["line separators", "\u2028\u2029", "⟨U+2028⟩⟨U+2029⟩"],
    ["spaces that look like others", "a\u00a0b\u3000", "a⟨U+00A0⟩b⟨U+3000⟩"],
    ["halves of characters", "\ud800x\udc00", "⟨U+D800⟩x⟨U+DC00⟩"],
    ["letters without a shape", "\u3164\u115f", "⟨U+3164⟩⟨U+115F⟩"],
    ["tags", "\u{e0041}", "⟨U+E0041⟩"],
  ])("writes out %s", (_, text, written) => {
    expect(visible(text)).toBe(written);
  });

  test.each(["plain text", "Zoë, Ångström", "日本語", "مرحبا", "👍 ❤️", "a  b"])("leaves %s alone", (text) => {
    expect(visible(text)).toBe(text);
  });
});

describe("jsonBlock", () => {
  const texts = fc.oneof(
    fc.string({ unit: anyCharacter }),
    fc.string({
      unit: fc.constantFrom("<", "!", "-", ">", "/", "script", "&", "]]>", "\u2028", "\ud800", "\u202e", "\\"),
    }),
  );

  test("reads as what was written", () => {
    fc.assert(fc.property(fc.array(texts), (value) => expect(JSON.parse(jsonBlock(value).text)).toEqual(value)));
  });

  test("holds nothing that could end or open an element, or that isn't seen", () => {
    fc.assert(
      fc.property(fc.array(texts), (value) =>
        expect(jsonBlock(value).text).not.toMatch(/[<>&\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/u),
      ),
    );
  });

  test("leaves letters readable", () => {
    expect(jsonBlock("Zoë 日本").text).toBe('"Zoë 日本"');
  });
});

describe("trusted", () => {
  test.each(["a </script> b", "a </STYLE", "<!-- a"])("refuses %s", (text) => {
    expect(() => trusted(text)).toThrow("would close the element");
  });
});
