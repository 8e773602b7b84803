using System.Text;
using MmoOrleans.GrainInterfaces;
using MmoOrleans.Protocol;

namespace MmoOrleans.Gateway.Tests.Connections;

public class Codes
{
    [Fact]
    public void Grains_and_wire_have_the_same_codes_under_the_same_numbers()
    {
        var grains = Enum.GetValues<RefusalCode>().Select(code => $"{(int)code} {code}");
        var wire = Enum.GetValues<ErrorCode>().Select(code => $"{(int)code} {code}");

        Assert.Equal(wire, grains);
    }

    [Fact]
    public void The_protocol_spells_them_in_capitals()
    {
        var spelled = ErrorCodeReflection().Select(name => string.Concat(name.Split('_').Select(Capitalised)));

        Assert.Equal(Enum.GetNames<RefusalCode>(), spelled);
    }

    private static IEnumerable<string> ErrorCodeReflection() =>
        MmoReflection.Descriptor.EnumTypes.Single(type => type.Name == nameof(ErrorCode)).Values.Select(value => value.Name);

    private static string Capitalised(string word) => new StringBuilder().Append(word[0]).Append(word[1..].ToLowerInvariant()).ToString();
}
