namespace MmoOrleans.Grains.Tests;

public class NamingGrains
{
    /// <summary>These names are part of every stored row, reminder and subscription: a grain is never renamed.</summary>
    private static readonly string[] Names =
    [
        "mmo.account",
        "mmo.central",
        "mmo.character",
        "mmo.character-name",
        "mmo.chat",
        "mmo.email",
        "mmo.map",
        "mmo.map-record",
        "mmo.session",
        "mmo.spawn",
        "mmo.username",
    ];

    [Fact]
    public void Every_grain_has_a_name_for_ever() => Assert.Equal(Names, GrainClasses.All.Select(GrainClasses.NameOf).Order(StringComparer.Ordinal));
}
