namespace MmoOrleans.GrainInterfaces.Tests;

public class BuildingGrainKeys
{
    [Fact]
    public void Each_key_starts_with_a_word_that_is_no_hexadecimal_number()
    {
        Assert.Equal("user:CAFE", GrainKeys.Username("cafe"));
        Assert.Equal("name:0CAFE", GrainKeys.CharacterName("0Cafe"));
        Assert.Equal("email:A+B@CAFE.EXAMPLE", GrainKeys.Email("a+b@cafe.example"));
        Assert.Equal("chat:global", GrainKeys.Chat("global"));
        Assert.Equal("spawn:main", GrainKeys.Spawner("main"));
        Assert.Equal("central:main", GrainKeys.Central);
    }

    [Fact]
    public void A_user_and_a_character_of_one_name_are_two_grains() =>
        Assert.NotEqual(GrainKeys.Username("barone"), GrainKeys.CharacterName("barone"));
}
