using System.Text;
using MmoOrleans.GrainInterfaces.Names;

namespace MmoOrleans.GrainInterfaces.Tests.Names;

public class FoldingNames
{
    /// <summary>Golden: these are parts of keys of stored records, so an answer here may never change.</summary>
    [Theory]
    [InlineData("barone", "BARONE")]
    [InlineData("B4r_one", "B4R_ONE")]
    [InlineData("Ｂａｒｏｎｅ", "BARONE")]
    [InlineData("\u00e9lan", "E\u0301LAN")]
    [InlineData("e\u0301lan", "E\u0301LAN")]
    [InlineData("ﬁn", "FIN")]
    [InlineData("ⅷ", "VIII")]
    [InlineData("²", "2")]
    [InlineData("ſ", "S")]
    [InlineData("\u01f0", "J\u030c")]
    [InlineData("µ", "\u039c")]
    [InlineData("ß", "ß")]
    [InlineData("ı", "ı")]
    [InlineData("İ", "I\u0307")]
    [InlineData("жар", "ЖАР")]
    [InlineData("σς", "ΣΣ")]
    [InlineData("각", "\u1100\u1161\u11a8")]
    [InlineData("가", "\u1100\u1161")]
    [InlineData("\ud835\udc00", "A")]
    [InlineData("\ud801\udc28", "\ud801\udc00")]
    [InlineData("a\u0323\u0307", "A\u0323\u0307")]
    [InlineData("a\u0307\u0323", "A\u0323\u0307")]
    [InlineData("bob\ufe0f", "BOB")]
    [InlineData("\u3164", "")]
    [InlineData("", "")]
    public void A_name_folds_to_the_same_text_for_ever(string name, string folded) =>
        Assert.Equal(folded, NameFolding.Fold(name));

    [Fact]
    public void Folding_a_folded_name_changes_nothing_for_any_character()
    {
        for (var value = 0; value <= 0x10FFFF; value++)
        {
            if (!Rune.IsValid(value)) continue;
            var folded = NameFolding.Fold(new Rune(value).ToString());
            Assert.True(folded == NameFolding.Fold(folded), $"U+{value:X4} folds to '{folded}', which folds to '{NameFolding.Fold(folded)}'");
        }
    }

    [Fact]
    public void Names_that_only_look_alike_stay_two_names() =>
        Assert.NotEqual(NameFolding.Fold("o"), NameFolding.Fold("0"));
}
