using MmoOrleans.GrainInterfaces;
using MmoOrleans.Grains.Characters;

namespace MmoOrleans.Grains.Tests.Characters;

public sealed class NamingCharacters
{
    [Theory]
    [InlineData("", RefusalCode.CharacterNameTooShort)]
    [InlineData("a", RefusalCode.CharacterNameTooShort)]
    [InlineData("ab", null)]
    [InlineData("Zoë_7", null)]
    [InlineData("Зоя", null)]
    [InlineData("武蔵坊", null)]
    [InlineData("1234567890123456", null)]
    [InlineData("12345678901234567", RefusalCode.CharacterNameTooLong)]
    [InlineData("𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷", null)]
    [InlineData("123456789012345678901234567890123", RefusalCode.CharacterNameTooLong)]
    [InlineData("two words", RefusalCode.InvalidCharacterName)]
    [InlineData(" ab", RefusalCode.InvalidCharacterName)]
    [InlineData("a-b", RefusalCode.InvalidCharacterName)]
    [InlineData("a\0b", RefusalCode.InvalidCharacterName)]
    [InlineData("smile😀", RefusalCode.InvalidCharacterName)]
    [InlineData("\u3164\u3164", RefusalCode.InvalidCharacterName)]
    [InlineData("Vik\u3164tor", RefusalCode.InvalidCharacterName)]
    [InlineData("Vik\u17B4tor", RefusalCode.InvalidCharacterName)]
    [InlineData("Vik\uFE0Ftor", RefusalCode.InvalidCharacterName)]
    [InlineData("Vikt\u043Er", RefusalCode.InvalidCharacterName)]
    [InlineData("\u0391dam", RefusalCode.InvalidCharacterName)]
    [InlineData("\u0301bob", RefusalCode.InvalidCharacterName)]
    [InlineData("Bo\u0301\u0302\u0303b", RefusalCode.InvalidCharacterName)]
    [InlineData("\uFDFA\uFDFA\uFDFA\uFDFA", RefusalCode.InvalidCharacterName)]
    [InlineData("Bob\u2160", RefusalCode.InvalidCharacterName)]
    [InlineData("Bob\u00B2", RefusalCode.InvalidCharacterName)]
    [InlineData("Nguyễn", null)]
    [InlineData("さくら花子", null)]
    [InlineData("김철수", null)]
    [InlineData("홍길동홍길동홍길동홍길동홍길동홍", null)]
    [InlineData("हिन्दी", null)]
    [InlineData("ไทยที่", null)]
    [InlineData("Ｂａｒｏｎｅ", null)]
    public void Letters_marks_numbers_and_underscores_make_a_name(string name, RefusalCode? code) =>
        Assert.Equal(code, CharacterNames.Check(name)?.Code);

    [Fact]
    public void Half_a_surrogate_pair_is_no_letter() => Assert.Equal(RefusalCode.InvalidCharacterName, CharacterNames.Check("ab\ud842")?.Code);
}
