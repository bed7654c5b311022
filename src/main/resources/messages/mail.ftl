<#ftl output_format="plainText">
<#if !(time??)>
${title}

</#if>
${sentence}
<#list paragraphs![] as each>

${each}
</#list>
<#if more??>
${more}
</#if>
<#if action??>

${action.url}
</#if>
<#if when?has_content>

<#list when as each>${each}<#sep> · </#list>
</#if>
<#if phone??>

${phone.label} ${phone.number}
</#if>

-- 
${footer}
<#if stop??>
${stop.label}: ${stop.url}
<#elseif choose??>
${choose}
</#if>
